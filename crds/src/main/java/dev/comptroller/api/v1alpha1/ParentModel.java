package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A model that a run starts from. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ParentModel(
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
    @JsonPropertyDescription("How the new model depends on it.") @Nullable Relation relation) {}
