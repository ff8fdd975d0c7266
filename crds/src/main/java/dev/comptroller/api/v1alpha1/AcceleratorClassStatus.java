package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions of the class. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AcceleratorClassStatus(
    @Nullable Long observedGeneration, List<StatusCondition> conditions) {
  public AcceleratorClassStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
