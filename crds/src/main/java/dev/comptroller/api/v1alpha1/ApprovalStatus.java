package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the approval counts, and for whom. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ApprovalStatus(
    @Nullable Long observedGeneration,
    @Nullable String approvedBy,
    List<StatusCondition> conditions) {
  public ApprovalStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
