package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of the number of pods, and the number that the scale subresource sets. Only the bounds are
 * signed.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.min <= self.max",
    message = "scale.min must not exceed scale.max: raise max (and sign again) or lower min")
@ValidationRule(
    value = "!has(self.replicas) || (self.replicas >= self.min && self.replicas <= self.max)",
    message =
        "scale.replicas must be from scale.min to scale.max: the bounds are signed, change and sign them first")
public record Scale(
    @JsonPropertyDescription("Fewest pods. Signed.") @Required @Min(0) @Max(10000) Integer min,
    @JsonPropertyDescription("Most pods; the endpoint is priced at it. Signed.")
        @Required
        @Min(1)
        @Max(10000)
        Integer max,
    @JsonPropertyDescription(
            "Pods wanted now, set by the scale subresource; min where absent. Not signed.")
        @Min(0)
        @Max(10000)
        @SpecReplicas
        @Nullable Integer replicas) {}
