package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The model version an endpoint serves. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServedModel(
    @JsonPropertyDescription("Name of the model.")
        @Required
        @Size(min = 1, max = 128)
        @Pattern(Formats.MODEL_NAME)
        String name,
    @JsonPropertyDescription("Version of the model.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.MODEL_VERSION)
        String version,
    @JsonPropertyDescription("Where the model is; an oci:// URI names a digest.")
        @Required
        @Size(min = 1, max = 1024)
        @Pattern(Formats.URI)
        @ValidationRule(
            value =
                "!self.startsWith('oci://') || self.matches('^oci://[^@\\\\s]+@sha256:[0-9a-f]{64}$')",
            message =
                "an oci:// model must be pinned by digest: append @sha256: and the digest of its manifest")
        String uri,
    @JsonPropertyDescription("TrainingRun of the same namespace that produced the model.")
        @Size(min = 1, max = 253)
        @Pattern(Formats.DNS_SUBDOMAIN)
        @Nullable String trainingRun) {}
