package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** The model version a run produces and the models it starts from. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TrainedModel(String name, String version, List<ParentModel> parents) {
  public TrainedModel {
    parents = parents == null ? List.of() : List.copyOf(parents);
  }
}
