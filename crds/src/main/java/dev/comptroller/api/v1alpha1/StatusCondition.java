package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** One observation, by Kubernetes conventions. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StatusCondition(
    String type,
    String status,
    @Nullable Long observedGeneration,
    String lastTransitionTime,
    String reason,
    String message) {}
