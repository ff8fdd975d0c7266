package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One observation, by Kubernetes conventions. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StatusCondition(
    @JsonPropertyDescription("What is observed, in CamelCase.") @Required @Size(min = 1, max = 63)
        String type,
    @JsonPropertyDescription("Whether it is so.")
        @Required
        @Size(min = 1, max = 7)
        @Pattern("^(True|False|Unknown)$")
        String status,
    @JsonPropertyDescription("Generation of the object that was observed.")
        @Min(0)
        @Max(9007199254740991L)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("UTC time when the status last changed.")
        @Required
        @Size(min = 20, max = 20)
        @Pattern(Formats.TIME)
        String lastTransitionTime,
    @JsonPropertyDescription("Why, in one CamelCase word.") @Required @Size(min = 1, max = 63)
        String reason,
    @JsonPropertyDescription("What it means and what to do.") @Required @Size(max = 32768)
        String message) {}
