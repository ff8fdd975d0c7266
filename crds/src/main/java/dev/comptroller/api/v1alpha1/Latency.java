package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A latency objective: this quantile of requests stays below the threshold. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Latency(
    @JsonPropertyDescription(
            "Part of the requests that the threshold holds for, above 0 and below 1, such as \"0.95\".")
        @Required
        @Size(min = 3, max = 8)
        @Pattern("^0\\.[0-9]{1,6}$")
        @ValidationRule(
            value = "double(self) > 0.0",
            message = "quantile must be above 0: write a part such as \"0.95\"")
        String quantile,
    @JsonPropertyDescription("Time in which they are answered, such as 300ms.")
        @Required
        @Size(min = 2, max = 8)
        @Pattern(Formats.DURATION)
        String threshold) {}
