package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * Accelerator-hours as exact decimal strings; a unit is one accelerator of weight 1 for one hour.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GpuHoursStatus(
    @JsonPropertyDescription("Most GPU-hours that a run may use.") @Size(min = 1, max = 32)
        @Nullable String bound,
    @JsonPropertyDescription("GPU-hours in an hour at most.") @Size(min = 1, max = 32)
        @Nullable String rate,
    @JsonPropertyDescription("GPU-hours used so far.") @Size(min = 1, max = 32)
        @Nullable String used,
    @JsonPropertyDescription("GPU-hours of an endpoint in the policy's serving window.")
        @Size(min = 1, max = 32)
        @Nullable String perWindow) {}
