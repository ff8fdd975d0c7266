package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The service level objective. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.availability) || has(self.latency)",
    message = "an objective names availability, latency or both: set one or leave slo out")
public record ServiceLevel(
    @JsonPropertyDescription(
            "Percentage of requests that succeed, above 0 and below 100, such as \"99.9\".")
        @Size(min = 1, max = 16)
        @Pattern("^[0-9]{1,2}(\\.[0-9]{1,6})?$")
        @ValidationRule(
            value = "double(self) > 0.0",
            message = "availability must be above 0: write a percentage such as \"99.9\"")
        @Nullable String availability,
    @JsonPropertyDescription("Objective for the time to answer.") @Nullable Latency latency,
    @JsonPropertyDescription("Time over which the objectives hold, such as 30d; 30d where absent.")
        @Size(min = 2, max = 8)
        @Pattern(Formats.DURATION)
        @Nullable String window) {}
