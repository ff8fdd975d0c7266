package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * A part of an accelerator with a resource name of its own.
 *
 * @param resource the name that containers request, such as {@code nvidia.com/mig-1g.10gb}
 * @param weight what one of it is worth, written like {@link AcceleratorClassSpec#weight()}: on a
 *     product with 7 compute and 8 memory slices the smallest part is {@code 1/7}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Partition(
    @JsonPropertyDescription(
            "Resource name that containers request, such as nvidia.com/mig-1g.10gb.")
        @Required
        @Size(min = 3, max = 253)
        @Pattern(Formats.RESOURCE_NAME)
        String resource,
    @JsonPropertyDescription("What one of it is worth, written like the weight of the class.")
        @Required
        @Size(min = 1, max = 16)
        @Pattern(Formats.WEIGHT)
        @ValidationRule(
            value = "!self.matches('^0+(\\\\.0+)?$')",
            message = "weight must be above zero: a part of an accelerator is never free")
        String weight) {}
