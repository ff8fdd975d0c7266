package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Accelerator-hours as exact decimal strings; a unit is one accelerator of weight 1 for one hour.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GpuHoursStatus(
    @Nullable String bound,
    @Nullable String rate,
    @Nullable String used,
    @Nullable String perWindow) {}
