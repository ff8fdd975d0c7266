package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the approval counts, and for whom. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ApprovalStatus(
    @JsonPropertyDescription("Generation of the object that this status is about.")
        @Min(0)
        @Max(9007199254740991L)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Persons whose trusted keys signed the approval, joined by commas.")
        @Size(min = 1, max = 4096)
        @Nullable String approvedBy,
    @JsonPropertyDescription("Observations by Kubernetes conventions, one of each type.")
        @Size(max = 32)
        List<StatusCondition> conditions)
    implements ConditionedStatus {
  public ApprovalStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
