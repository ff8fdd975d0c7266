package dev.comptroller.operator.trainingrun;

import dev.comptroller.api.v1alpha1.GpuHoursStatus;
import dev.comptroller.api.v1alpha1.TrainingRun;
import dev.comptroller.api.v1alpha1.TrainingRunStatus;
import dev.comptroller.api.v1alpha1.WorkloadRef;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.operator.status.DecisionObservations;
import dev.comptroller.operator.status.GpuHoursDisplay;
import dev.comptroller.operator.status.Observation;
import dev.comptroller.operator.status.StatusFields;
import dev.comptroller.operator.trainingrun.RunStep.ChildState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run was allowed by. It stands from the start of the workload until it is resumed, whatever
 * becomes of keys, approvals and policies meanwhile: what an approval allowed was approved also
 * when the approval has expired since.
 *
 * @param stands whether it is from when the workload started, and not from now
 * @param bound most GPU-hours it may use
 * @param signedBy persons joined by commas
 * @param approvedBy persons joined by commas
 */
record RunRecord(
    boolean stands,
    @Nullable String tier,
    @Nullable String bound,
    @Nullable String planDigest,
    @Nullable String signedBy,
    @Nullable String approvedBy) {

  /** The record that a run has, or the one that it gets now. */
  static RunRecord of(TrainingRun run, RunFacts facts) {
    TrainingRunStatus status = run.getStatus();
    return status != null && isOfThisWorkload(status, facts) && !isResumed(facts)
        ? before(status)
        : now(facts.decision().assessment());
  }

  /** What a verdict says of a run that has ended is said as of when it started. */
  List<Observation> observations(RunFacts facts) {
    Decision decision = facts.decision();
    if (!stands || facts.observation().state() != ChildState.FINISHED) {
      return DecisionObservations.of(decision);
    }
    String since =
        decision.outcome() == Outcome.ALLOWED
            ? ""
            : "; when it ended it would have been refused: "
                + DecisionObservations.text(decision.findings());
    return List.of(
        Observation.yes(
            "Admitted",
            "Allowed",
            Optional.ofNullable(tier).map(name -> "tier " + name).orElse("allowed") + since),
        DecisionObservations.signedBy(signedBy),
        DecisionObservations.approvedBy(approvedBy));
  }

  private static boolean isOfThisWorkload(TrainingRunStatus status, RunFacts facts) {
    WorkloadRef workload = status.workloadRef();
    return workload != null
        && facts.job().filter(job -> job.uid().equals(workload.uid())).isPresent();
  }

  private static boolean isResumed(RunFacts facts) {
    return facts.step() == RunStep.RUN && facts.observation().state() == ChildState.SUSPENDED;
  }

  private static RunRecord before(TrainingRunStatus status) {
    GpuHoursStatus hours = status.gpuHours();
    return new RunRecord(
        true,
        status.tier(),
        hours == null ? null : hours.bound(),
        status.planDigest(),
        status.signedBy(),
        status.approvedBy());
  }

  private static RunRecord now(Assessment assessment) {
    return new RunRecord(
        false,
        assessment.tier().orElse(null),
        GpuHoursDisplay.bound(assessment.gpuHours()),
        assessment.planDigest().map(Digest::value).orElse(null),
        StatusFields.persons(assessment.signedBy()),
        StatusFields.persons(assessment.approvedBy()));
  }
}
