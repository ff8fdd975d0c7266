package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions of the class. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AcceleratorClassStatus(
    @JsonPropertyDescription("Generation of the object that this status is about.")
        @Min(0)
        @Max(9007199254740991L)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Observations by Kubernetes conventions, one of each type.")
        @Size(max = 32)
        List<StatusCondition> conditions)
    implements ConditionedStatus {
  public AcceleratorClassStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
