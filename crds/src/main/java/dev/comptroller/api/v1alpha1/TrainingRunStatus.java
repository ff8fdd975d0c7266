package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a run. Display only: no verdict reads it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TrainingRunStatus(
    @Nullable Long observedGeneration,
    @Nullable Phase phase,
    @Nullable String tier,
    @Nullable GpuHoursStatus gpuHours,
    @Nullable String planDigest,
    @Nullable String signedBy,
    @Nullable String approvedBy,
    @Nullable WorkloadRef workloadRef,
    @Nullable String startTime,
    @Nullable String completionTime,
    List<StatusCondition> conditions) {
  public TrainingRunStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** Where a run stands. */
  public enum Phase {
    Pending,
    Held,
    Denied,
    Starting,
    Running,
    Suspended,
    Succeeded,
    Failed
  }
}
