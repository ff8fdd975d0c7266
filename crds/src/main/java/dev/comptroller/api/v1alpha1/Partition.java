package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A part of an accelerator with a resource name of its own.
 *
 * @param resource the name that containers request, such as {@code nvidia.com/mig-1g.10gb}
 * @param weight what one of it is worth, written like {@link AcceleratorClassSpec#weight()}: on a
 *     product with 7 compute and 8 memory slices the smallest part is {@code 1/7}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Partition(String resource, String weight) {}
