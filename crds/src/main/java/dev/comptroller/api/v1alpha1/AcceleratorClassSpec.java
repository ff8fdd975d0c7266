package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One accelerator product: the resource that requests it, the nodes that have it, and its worth.
 *
 * <p>Several classes may share a resource name; where the node is not known yet, the largest weight
 * counts.
 *
 * @param weight what one unit of the resource is worth, in accelerators: a decimal such as {@code
 *     1} or {@code 0.5}, or a fraction of two whole numbers such as {@code 1/7}, because a weight
 *     must be exact; above zero
 * @param partitions parts of the product that have resource names of their own
 * @param peakDense peak operations in a second without sparsity, by number format; a format that is
 *     not listed is unknown, not zero
 * @param memory memory of one unit as a Kubernetes quantity; absent where unknown
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.partitions) || self.partitions.all(p, p.resource != self.resource)",
    message =
        "a partition has a resource name of its own: name it as the device plugin does, such as"
            + " nvidia.com/mig-1g.10gb")
public record AcceleratorClassSpec(
    @JsonPropertyDescription("Who makes it, such as NVIDIA.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.LABEL_VALUE)
        String vendor,
    @JsonPropertyDescription("Resource name that containers request, such as nvidia.com/gpu.")
        @Required
        @Size(min = 3, max = 253)
        @Pattern(Formats.RESOURCE_NAME)
        String resource,
    @JsonPropertyDescription(
            "Labels of the nodes that have this product; none where no label tells it.")
        @Size(max = 16)
        Map<String, @Size(max = 63) String> nodeLabels,
    @JsonPropertyDescription(
            "What one unit of the resource is worth, in accelerators: a decimal such as \"0.5\" or"
                + " a fraction such as \"1/7\", above zero.")
        @Required
        @Size(min = 1, max = 16)
        @Pattern(Formats.WEIGHT)
        @ValidationRule(
            value = "!self.matches('^0+(\\\\.0+)?$')",
            message = "weight must be above zero: an accelerator is never free")
        String weight,
    @JsonPropertyDescription("Parts of the product that have resource names of their own.")
        @Size(max = 64)
        @ValidationRule(
            value = "self.all(a, self.exists_one(b, b.resource == a.resource))",
            message = "partitions must have different resources: keep one entry for each resource")
        List<Partition> partitions,
    @JsonPropertyDescription(
            "Peak operations in a second without sparsity by number format, such as"
                + " bf16: \"989.4e12\". A format that is not listed is unknown, not zero.")
        @Size(max = 16)
        Map<String, @Size(min = 1, max = 32) @Pattern(Formats.DECIMAL) String> peakDense,
    @JsonPropertyDescription("Memory of one unit, such as 80Gi. Absent where unknown.")
        @Size(min = 1, max = 32)
        @Pattern(Formats.QUANTITY)
        @Nullable String memory) {
  public AcceleratorClassSpec {
    nodeLabels = nodeLabels == null ? Map.of() : Map.copyOf(nodeLabels);
    partitions = partitions == null ? List.of() : List.copyOf(partitions);
    peakDense = peakDense == null ? Map.of() : Map.copyOf(peakDense);
  }
}
