package dev.comptroller.operator.trainingrun;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.api.v1alpha1.TrainingRun;
import dev.comptroller.api.v1alpha1.TrainingRunStatus;
import dev.comptroller.core.derivation.TrainingRunResources;
import dev.comptroller.core.derivation.WiredResources;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.operator.status.Conditions;
import dev.comptroller.operator.status.Refusal;
import dev.comptroller.operator.trainingrun.RunStep.ChildState;
import dev.comptroller.operator.usage.PodUsage;
import dev.comptroller.operator.wiring.MonitoringState;
import dev.comptroller.operator.wiring.OwnedKinds;
import dev.comptroller.operator.wiring.OwnedResources;
import dev.comptroller.operator.wiring.RefusedException;
import dev.comptroller.operator.wiring.SecretCheck;
import dev.comptroller.operator.workload.Collaborators;
import dev.comptroller.operator.workload.Judged;
import dev.comptroller.operator.workload.Progress;
import dev.comptroller.operator.workload.WorkloadReconciliation;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Judges a run, wires it, and lets it run. */
@ControllerConfiguration(name = "training-run")
public final class TrainingRunReconciler implements Reconciler<TrainingRun> {
  private static final OwnedKinds<TrainingRun> OWNED =
      new OwnedKinds<>(
          Api.TRAINING_RUN_LABEL,
          TrainingRun.class,
          List.of(new GroupVersionKind("batch", "v1", "Job")),
          List.of("PodMonitor", "PrometheusRule"));

  /** How often the hours of a run in progress are counted anew. */
  private static final Duration METERING = Duration.ofMinutes(5);

  /** How long the hours of a run in progress stand; shorter than they are counted anew after. */
  private static final Duration STANDS = METERING.minusMinutes(1);

  private final Collaborators with;
  private final WorkloadReconciliation<TrainingRun, TrainingRunStatus> reconciliation;

  public TrainingRunReconciler(Collaborators with) {
    this.with = with;
    this.reconciliation = new WorkloadReconciliation<>(OWNED, TrainingRun::new, with);
  }

  @Override
  public List<EventSource<?, TrainingRun>> prepareEventSources(
      EventSourceContext<TrainingRun> context) {
    return reconciliation.eventSources(context);
  }

  @Override
  public UpdateControl<TrainingRun> reconcile(TrainingRun run, Context<TrainingRun> context) {
    return finished(run)
        ? UpdateControl.noUpdate()
        : reconciliation.reconcile(run, context, this::proceed);
  }

  /** A run that has ended is not judged or wired again: its record stands. */
  private static boolean finished(TrainingRun run) {
    return run.getStatus() != null && run.getStatus().completionTime() != null;
  }

  private Progress<TrainingRunStatus> proceed(Judged<TrainingRun> judged) {
    RunFacts facts = act(judged);
    Instant now = with.judge().clock().instant();
    boolean active = facts.observation().state() == ChildState.ACTIVE;
    return new Progress<>(
        RunStatus.of(judged.resource(), facts, now),
        facts
            .refused()
            .map(refusal -> refusal.again(Conditions.previous(judged.resource()), now))
            .or(() -> facts.secrets().again())
            .or(() -> active ? Optional.of(METERING) : Optional.empty()));
  }

  private RunFacts act(Judged<TrainingRun> judged) {
    TrainingRun run = judged.resource();
    KubernetesObject object = judged.object();
    OwnedResources owned = judged.owned();
    boolean suspended = Boolean.TRUE.equals(run.getSpec().suspend());
    Optional<KubernetesObject> job =
        owned.ofKind(run.getSpec().workload().kind()).stream().findFirst();
    JobObservation observation = job.map(JobObservation::of).orElse(JobObservation.NONE);
    RunStep step =
        RunStep.next(
            judged.decision(),
            suspended,
            observation.state(),
            with.judge().stopsOnChange(object, judged.decision()));
    SecretCheck check = with.secrets().check(object.namespace(), run.getSpec().secrets());
    MonitoringState monitored = MonitoringState.NOT_WIRED;
    Optional<Refusal> refused = Optional.empty();
    try {
      switch (step) {
        case RUN -> {
          WiredResources resources = TrainingRunResources.of(object, with.wiring());
          monitored = with.wirer().wire(resources, owned);
          if (observation.state() == ChildState.SUSPENDED) {
            with.wirer().resume(job.orElseThrow());
          } else if (observation.state() == ChildState.ABSENT && check.startable()) {
            job = Optional.of(with.wirer().start(resources.workload(), owned));
            observation = job.map(JobObservation::of).orElseThrow();
          }
        }
        case STOP -> suspend(job.orElseThrow());
        case FINISH, PAUSE, LEAVE, WAIT -> {}
      }
    } catch (RefusedException e) {
      refused = Optional.of(e.refusal());
    }
    return new RunFacts(
        suspended,
        judged.decision(),
        step,
        observation,
        job,
        check,
        monitored,
        refused,
        used(run, owned, observation.state() == ChildState.ACTIVE && step != RunStep.STOP));
  }

  private void suspend(KubernetesObject job) {
    with.wirer().suspend(job, RemainingDeadline.of(job, with.judge().clock().instant()));
  }

  /**
   * Pods that were deleted took their hours with them; what was counted once stays counted. Hours
   * grow all the time, so those of a run in progress stand for a while as they were told.
   */
  private Amount used(TrainingRun run, OwnedResources owned, boolean inProgress) {
    Instant now = with.judge().clock().instant();
    Amount told = PodUsage.told(run.getStatus() == null ? null : run.getStatus().gpuHours());
    if (inProgress && told.compareTo(held(owned, now.minus(STANDS))) >= 0) {
      return told;
    }
    Amount held = held(owned, now);
    return told.compareTo(held) > 0 ? told : held;
  }

  private Amount held(OwnedResources owned, Instant until) {
    return PodUsage.of(owned.ofKind("Pod"), with.judge().cluster().accelerators(), until);
  }
}
