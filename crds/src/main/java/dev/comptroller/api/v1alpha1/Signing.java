package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Who must have signed objects, and images. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Signing(
    @JsonPropertyDescription("Who must have signed the object; nobody where absent.")
        @Nullable SignatureRequirement objects,
    @JsonPropertyDescription("Who must have signed the images; nobody where absent.")
        @Nullable SignatureRequirement images) {}
