package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a run. Display only: no verdict reads it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TrainingRunStatus(
    @JsonPropertyDescription("Generation of the object that this status is about.")
        @Min(0)
        @Max(9007199254740991L)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Where the run stands.") @Nullable Phase phase,
    @JsonPropertyDescription("Tier of the policy that the bound falls into.")
        @Size(min = 1, max = 63)
        @Nullable String tier,
    @JsonPropertyDescription("GPU-hours of the run.") @Nullable GpuHoursStatus gpuHours,
    @JsonPropertyDescription("Digest of the plan; approvals name it.")
        @Size(min = 71, max = 71)
        @Pattern(Formats.DIGEST)
        @Nullable String planDigest,
    @JsonPropertyDescription("Persons who signed the plan, joined by commas.")
        @Size(min = 1, max = 4096)
        @Nullable String signedBy,
    @JsonPropertyDescription("Persons who approved the plan, joined by commas.")
        @Size(min = 1, max = 4096)
        @Nullable String approvedBy,
    @JsonPropertyDescription("The workload that runs.") @Nullable WorkloadRef workloadRef,
    @JsonPropertyDescription("UTC time when the workload was first started.")
        @Size(min = 20, max = 20)
        @Pattern(Formats.TIME)
        @Nullable String startTime,
    @JsonPropertyDescription("UTC time when the run succeeded or failed.")
        @Size(min = 20, max = 20)
        @Pattern(Formats.TIME)
        @Nullable String completionTime,
    @JsonPropertyDescription("Observations by Kubernetes conventions, one of each type.")
        @Size(max = 32)
        List<StatusCondition> conditions)
    implements ConditionedStatus {
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
