package dev.comptroller.operator.trainingrun;

import dev.comptroller.api.v1alpha1.GpuHoursStatus;
import dev.comptroller.api.v1alpha1.TrainingRun;
import dev.comptroller.api.v1alpha1.TrainingRunStatus;
import dev.comptroller.api.v1alpha1.TrainingRunStatus.Phase;
import dev.comptroller.api.v1alpha1.WorkloadRef;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.operator.status.Conditions;
import dev.comptroller.operator.status.DecisionObservations;
import dev.comptroller.operator.status.Observation;
import dev.comptroller.operator.status.StatusFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The status of a run, from what is known of it. */
final class RunStatus {
  private RunStatus() {}

  /** What the status of a run shall say now. */
  static TrainingRunStatus of(TrainingRun run, RunFacts facts, Instant now) {
    RunRecord record = RunRecord.of(run, facts);
    return new TrainingRunStatus(
        run.getMetadata().getGeneration(),
        phase(facts),
        record.tier(),
        new GpuHoursStatus(record.bound(), null, facts.used().toGpuHours(), null),
        record.planDigest(),
        record.signedBy(),
        record.approvedBy(),
        facts
            .job()
            .map(job -> new WorkloadRef(job.apiVersion(), job.kind(), job.name(), job.uid()))
            .orElse(null),
        StatusFields.text(facts.observation().startTime()),
        StatusFields.text(facts.observation().completionTime()),
        Conditions.of(run, observations(record, facts), now));
  }

  private static Phase phase(RunFacts facts) {
    JobObservation job = facts.observation();
    return switch (job.state()) {
      case FINISHED -> job.succeeded() ? Phase.Succeeded : Phase.Failed;
      case SUSPENDED -> Phase.Suspended;
      case ACTIVE -> job.started() ? Phase.Running : Phase.Starting;
      case ABSENT ->
          switch (facts.decision().outcome()) {
            case ALLOWED -> facts.suspended() ? Phase.Suspended : Phase.Pending;
            case HELD -> Phase.Held;
            case DENIED -> Phase.Denied;
            case RETRY -> Phase.Pending;
          };
    };
  }

  private static List<Observation> observations(RunRecord record, RunFacts facts) {
    List<Observation> observations = new ArrayList<>(record.observations(facts));
    observations.add(facts.secrets().observation());
    observations.add(facts.monitoring().observation());
    observations.add(completed(facts.observation()));
    observations.add(ready(facts));
    progress(facts).ifPresent(observations::add);
    return facts.refused().map(refusal -> refusal.among(observations)).orElse(observations);
  }

  private static Observation completed(JobObservation job) {
    if (job.state() != RunStep.ChildState.FINISHED) {
      return Observation.unknown("Completed", "NotFinished", job.message());
    }
    return job.succeeded()
        ? Observation.yes("Completed", "Succeeded", job.message())
        : Observation.no("Completed", "Failed", job.message());
  }

  private static Observation ready(RunFacts facts) {
    JobObservation job = facts.observation();
    return switch (job.state()) {
      case FINISHED ->
          job.succeeded()
              ? Observation.yes("Ready", "Succeeded", job.message())
              : Observation.no("Ready", "Failed", job.message());
      case ACTIVE ->
          job.started()
              ? Observation.yes("Ready", "Running", job.message())
              : Observation.unknown("Ready", "Starting", job.message());
      case SUSPENDED -> Observation.no("Ready", "Suspended", job.message());
      case ABSENT -> Observation.no("Ready", notStarted(facts), notStartedMessage(facts));
    };
  }

  private static String notStarted(RunFacts facts) {
    return switch (facts.decision().outcome()) {
      case ALLOWED ->
          facts.suspended()
              ? "Suspended"
              : facts.secrets().startable() ? "Pending" : "SecretMissing";
      case HELD -> "AwaitingApproval";
      case DENIED -> "Denied";
      case RETRY -> "Pending";
    };
  }

  private static String notStartedMessage(RunFacts facts) {
    Decision decision = facts.decision();
    if (decision.outcome() != Outcome.ALLOWED) {
      return DecisionObservations.text(decision.findings());
    }
    return facts.suspended()
        ? "suspended on request and not started yet"
        : facts.secrets().observation().message();
  }

  /**
   * {@code Reconciling} while something is still to happen, {@code Stalled} when only a person can
   * help.
   */
  private static Optional<Observation> progress(RunFacts facts) {
    JobObservation job = facts.observation();
    boolean failed = job.state() == RunStep.ChildState.FINISHED && !job.succeeded();
    boolean refused =
        job.state() == RunStep.ChildState.ABSENT && facts.decision().outcome() == Outcome.DENIED;
    if (failed) {
      return Optional.of(Observation.yes("Stalled", "Failed", job.message()));
    }
    if (refused) {
      return Optional.of(Observation.yes("Stalled", "Denied", notStartedMessage(facts)));
    }
    boolean waiting =
        switch (job.state()) {
          case ABSENT -> !facts.suspended();
          case ACTIVE -> !job.started();
          case SUSPENDED, FINISHED -> false;
        };
    return waiting
        ? Optional.of(
            Observation.yes(
                "Reconciling",
                job.state() == RunStep.ChildState.ABSENT ? notStarted(facts) : "Starting",
                job.message()))
        : Optional.empty();
  }
}
