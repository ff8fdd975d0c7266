package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the policy is in force. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GovernancePolicyStatus(
    @Nullable Long observedGeneration, List<StatusCondition> conditions) {
  public GovernancePolicyStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
