package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The model version a run produces and the models it starts from. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TrainedModel(
    @JsonPropertyDescription("Name of the model.")
        @Required
        @Size(min = 1, max = 128)
        @Pattern(Formats.MODEL_NAME)
        String name,
    @JsonPropertyDescription("Version that the run produces.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.MODEL_VERSION)
        String version,
    @JsonPropertyDescription("Models that the run starts from.")
        @Size(max = 16)
        @ValidationRule(
            value = "self.all(a, self.exists_one(b, b.name == a.name && b.version == a.version))",
            message = "parents must be different model versions: name each once")
        List<ParentModel> parents) {
  public TrainedModel {
    parents = parents == null ? List.of() : List.copyOf(parents);
  }
}
