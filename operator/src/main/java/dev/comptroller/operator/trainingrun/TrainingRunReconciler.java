package dev.comptroller.operator.trainingrun;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.api.v1alpha1.StatusCondition;
import dev.comptroller.api.v1alpha1.TrainingRun;
import dev.comptroller.api.v1alpha1.TrainingRunStatus;
import dev.comptroller.core.derivation.TrainingRunResources;
import dev.comptroller.core.derivation.WiredResources;
import dev.comptroller.core.derivation.Wiring;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.operator.judgement.Judge;
import dev.comptroller.operator.judgement.WakeAll;
import dev.comptroller.operator.status.EventPublisher;
import dev.comptroller.operator.status.StatusPatch;
import dev.comptroller.operator.trainingrun.RunStep.ChildState;
import dev.comptroller.operator.usage.PodUsage;
import dev.comptroller.operator.wiring.MonitoringApis;
import dev.comptroller.operator.wiring.MonitoringState;
import dev.comptroller.operator.wiring.Objects;
import dev.comptroller.operator.wiring.OwnedKinds;
import dev.comptroller.operator.wiring.OwnedResources;
import dev.comptroller.operator.wiring.SecretCheck;
import dev.comptroller.operator.wiring.Secrets;
import dev.comptroller.operator.wiring.Wirer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a run, wires it, and lets it run. */
@ControllerConfiguration(name = "training-run")
public final class TrainingRunReconciler implements Reconciler<TrainingRun> {
  private static final OwnedKinds<TrainingRun> OWNED =
      new OwnedKinds<>(Api.TRAINING_RUN_LABEL, TrainingRun.class);

  private static final Duration NO_VERDICT_RETRY = Duration.ofSeconds(1);
  private static final Duration SECRET_RETRY = Duration.ofSeconds(10);

  /** How often the hours of a run in progress are counted anew. */
  private static final Duration METERING = Duration.ofMinutes(5);

  private final Judge judge;
  private final Wirer wirer;
  private final Secrets secrets;
  private final MonitoringApis monitoring;
  private final EventPublisher events;
  private final Wiring wiring;

  public TrainingRunReconciler(
      Judge judge,
      Wirer wirer,
      Secrets secrets,
      MonitoringApis monitoring,
      EventPublisher events,
      Wiring wiring) {
    this.judge = judge;
    this.wirer = wirer;
    this.secrets = secrets;
    this.monitoring = monitoring;
    this.events = events;
    this.wiring = wiring;
  }

  @Override
  public List<EventSource<?, TrainingRun>> prepareEventSources(
      EventSourceContext<TrainingRun> context) {
    WakeAll<TrainingRun> wakeAll = new WakeAll<>(context.getPrimaryCache());
    judge.onChange(wakeAll::wake);
    monitoring.onChange(wakeAll::wakeEvery);
    List<EventSource<?, TrainingRun>> sources =
        new ArrayList<>(OWNED.eventSources(context, new GroupVersionKind("batch", "v1", "Job")));
    sources.add(wakeAll);
    return sources;
  }

  @Override
  public UpdateControl<TrainingRun> reconcile(TrainingRun run, Context<TrainingRun> context) {
    if (run.isMarkedForDeletion() || finished(run)) {
      return UpdateControl.noUpdate();
    }
    OWNED.watchMonitoring(context, monitoring, "PodMonitor", "PrometheusRule");
    KubernetesObject object = Objects.of(run);
    Decision decision = judge.review(object);
    if (decision.outcome() == Outcome.RETRY) {
      return UpdateControl.<TrainingRun>noUpdate().rescheduleAfter(NO_VERDICT_RETRY);
    }
    RunFacts facts = act(run, object, decision, OWNED.of(context));
    Instant now = judge.clock().instant();
    List<StatusCondition> previous =
        run.getStatus() == null ? List.of() : run.getStatus().conditions();
    TrainingRunStatus status =
        RunStatus.of(facts, previous, run.getMetadata().getGeneration(), now);
    events.publishChanges(object, previous, status.conditions());
    UpdateControl<TrainingRun> control = StatusPatch.of(run, new TrainingRun(), status);
    return next(facts).map(control::rescheduleAfter).orElse(control);
  }

  private RunFacts act(
      TrainingRun run, KubernetesObject object, Decision decision, OwnedResources owned) {
    boolean suspended = Boolean.TRUE.equals(run.getSpec().suspend());
    Optional<KubernetesObject> job =
        owned.ofKind(run.getSpec().workload().kind()).stream().findFirst();
    JobObservation observation = job.map(JobObservation::of).orElse(JobObservation.NONE);
    RunStep step =
        RunStep.next(
            decision, suspended, observation.state(), judge.stopsOnChange(object, decision));
    SecretCheck check = secrets.check(object.namespace(), run.getSpec().secrets());
    MonitoringState monitored = MonitoringState.NOT_WIRED;
    switch (step) {
      case RUN -> {
        WiredResources resources = TrainingRunResources.of(object, wiring);
        monitored = wirer.wire(resources, object.uid(), owned);
        if (observation.state() == ChildState.SUSPENDED) {
          wirer.suspend(job.orElseThrow(), false);
        } else if (observation.state() == ChildState.ABSENT && check.startable()) {
          job = Optional.of(wirer.start(resources.workload(), owned));
          observation = job.map(JobObservation::of).orElseThrow();
        }
      }
      case STOP -> wirer.suspend(job.orElseThrow(), true);
      case FINISH, PAUSE, LEAVE, WAIT -> {}
    }
    Amount used =
        PodUsage.of(owned.ofKind("Pod"), judge.cluster().accelerators(), judge.clock().instant());
    return new RunFacts(
        suspended, decision, step, observation, job, check, monitored, atLeast(run, used));
  }

  /** A run that has ended is not judged or wired again: its record stands. */
  private static boolean finished(TrainingRun run) {
    return run.getStatus() != null && run.getStatus().completionTime() != null;
  }

  /** Pods that were deleted took their hours with them; what was counted once stays counted. */
  private static Amount atLeast(TrainingRun run, Amount used) {
    if (run.getStatus() == null
        || run.getStatus().gpuHours() == null
        || run.getStatus().gpuHours().used() == null) {
      return used;
    }
    Amount before = Amount.parse(run.getStatus().gpuHours().used());
    return before.compareTo(used) > 0 ? before : used;
  }

  private static Optional<Duration> next(RunFacts facts) {
    if (facts.secrets() instanceof SecretCheck.Missing) {
      return Optional.of(SECRET_RETRY);
    }
    return facts.observation().state() == ChildState.ACTIVE
        ? Optional.of(METERING)
        : Optional.empty();
  }
}
