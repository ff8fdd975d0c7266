package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A rule in Rego; it denies unless {@code data.comptroller.allow} is true. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Rule(
    @JsonPropertyDescription("Name of the rule, shown in denials.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.DNS_LABEL)
        String name,
    @JsonPropertyDescription(
            "Rego source of package comptroller; what allow does not make true is denied.")
        @Required
        @Size(min = 1, max = 65536)
        String rego) {}
