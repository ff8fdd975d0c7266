package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
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
public record AcceleratorClassSpec(
    String vendor,
    String resource,
    Map<String, String> nodeLabels,
    String weight,
    List<Partition> partitions,
    Map<String, String> peakDense,
    @Nullable String memory) {
  public AcceleratorClassSpec {
    nodeLabels = nodeLabels == null ? Map.of() : Map.copyOf(nodeLabels);
    partitions = partitions == null ? List.of() : List.copyOf(partitions);
    peakDense = peakDense == null ? Map.of() : Map.copyOf(peakDense);
  }
}
