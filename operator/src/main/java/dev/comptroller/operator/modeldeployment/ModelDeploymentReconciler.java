package dev.comptroller.operator.modeldeployment;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.ModelDeployment;
import dev.comptroller.api.v1alpha1.ModelDeploymentStatus;
import dev.comptroller.api.v1alpha1.ServingPod;
import dev.comptroller.api.v1alpha1.StatusCondition;
import dev.comptroller.core.derivation.ModelDeploymentResources;
import dev.comptroller.core.derivation.WiredResources;
import dev.comptroller.core.derivation.Wiring;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.core.policy.Durations;
import dev.comptroller.core.policy.PolicyMatch;
import dev.comptroller.operator.judgement.Judge;
import dev.comptroller.operator.judgement.WakeAll;
import dev.comptroller.operator.status.EventPublisher;
import dev.comptroller.operator.status.StatusPatch;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges an endpoint, wires it, and serves it. */
@ControllerConfiguration(name = "model-deployment")
public final class ModelDeploymentReconciler implements Reconciler<ModelDeployment> {
  private static final OwnedKinds<ModelDeployment> OWNED =
      new OwnedKinds<>(Api.MODEL_DEPLOYMENT_LABEL, ModelDeployment.class);

  private static final Duration NO_VERDICT_RETRY = Duration.ofSeconds(1);
  private static final Duration SECRET_RETRY = Duration.ofSeconds(10);

  /** More pods than this are counted, not listed. */
  private static final int MOST_SERVING_PODS = 64;

  private final Judge judge;
  private final Wirer wirer;
  private final Secrets secrets;
  private final MonitoringApis monitoring;
  private final EventPublisher events;
  private final Wiring wiring;

  public ModelDeploymentReconciler(
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
  public List<EventSource<?, ModelDeployment>> prepareEventSources(
      EventSourceContext<ModelDeployment> context) {
    WakeAll<ModelDeployment> wakeAll = new WakeAll<>(context.getPrimaryCache());
    judge.onChange(wakeAll::wake);
    monitoring.onChange(wakeAll::wakeEvery);
    List<EventSource<?, ModelDeployment>> sources =
        new ArrayList<>(
            OWNED.eventSources(
                context,
                new GroupVersionKind("apps", "v1", "Deployment"),
                new GroupVersionKind("", "v1", "Service")));
    sources.add(wakeAll);
    return sources;
  }

  @Override
  public UpdateControl<ModelDeployment> reconcile(
      ModelDeployment endpoint, Context<ModelDeployment> context) {
    if (endpoint.isMarkedForDeletion()) {
      return UpdateControl.noUpdate();
    }
    OWNED.watchMonitoring(context, monitoring, "ServiceMonitor", "PrometheusRule");
    KubernetesObject object = Objects.of(endpoint);
    Decision decision = judge.review(object);
    if (decision.outcome() == Outcome.RETRY) {
      return UpdateControl.<ModelDeployment>noUpdate().rescheduleAfter(NO_VERDICT_RETRY);
    }
    EndpointFacts facts = act(endpoint, object, decision, OWNED.of(context));
    List<StatusCondition> previous =
        endpoint.getStatus() == null ? List.of() : endpoint.getStatus().conditions();
    ModelDeploymentStatus status =
        EndpointStatus.of(
            facts, previous, endpoint.getMetadata().getGeneration(), judge.clock().instant());
    events.publishChanges(object, previous, status.conditions());
    UpdateControl<ModelDeployment> control =
        StatusPatch.of(endpoint, new ModelDeployment(), status);
    return facts.secrets() instanceof SecretCheck.Missing
        ? control.rescheduleAfter(SECRET_RETRY)
        : control;
  }

  private EndpointFacts act(
      ModelDeployment endpoint, KubernetesObject object, Decision decision, OwnedResources owned) {
    Optional<KubernetesObject> deployment = owned.ofKind("Deployment").stream().findFirst();
    SecretCheck check = secrets.check(object.namespace(), endpoint.getSpec().secrets());
    MonitoringState monitored = MonitoringState.NOT_WIRED;
    boolean stopped = false;
    if (decision.outcome() == Outcome.ALLOWED) {
      WiredResources resources = ModelDeploymentResources.of(object, wiring);
      monitored = wirer.wire(resources, object.uid(), owned);
      if (deployment.isPresent() || check.startable()) {
        deployment = Optional.of(wirer.start(resources.workload(), owned));
      }
    } else if (deployment.isPresent() && judge.stopsOnChange(object, decision)) {
      stopped = true;
      wirer.scaleToZero(deployment.get());
    }
    return new EndpointFacts(
        decision,
        deployment.map(DeploymentObservation::of).orElse(DeploymentObservation.NONE),
        check,
        monitored,
        url(endpoint, owned),
        deployment.map(ModelDeploymentReconciler::selector).orElse(""),
        stopped,
        servingWindow(object),
        serving(owned));
  }

  private static String url(ModelDeployment endpoint, OwnedResources owned) {
    return owned.ofKind("Service").stream()
        .findFirst()
        .map(
            service ->
                "http://%s.%s.svc:%d"
                    .formatted(
                        service.name(), service.namespace(), endpoint.getSpec().runtime().port()))
        .orElse("");
  }

  private static String selector(KubernetesObject deployment) {
    return deployment.spec().at("/selector/matchLabels").properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .collect(Collectors.joining(","));
  }

  /** Policies may name different windows; the longest shows the largest price. */
  private Duration servingWindow(KubernetesObject object) {
    return PolicyMatch.governing(judge.cluster().policies(), object.namespace()).stream()
        .map(GovernancePolicy::getSpec)
        .map(spec -> Durations.servingWindow(spec.compute()))
        .max(Comparator.naturalOrder())
        .orElse(Durations.DEFAULT_SERVING_WINDOW);
  }

  private static List<ServingPod> serving(OwnedResources owned) {
    return owned.ofKind("Pod").stream()
        .filter(pod -> pod.json().at("/status/phase").asText().equals("Running"))
        .sorted(Comparator.comparing(KubernetesObject::name))
        .limit(MOST_SERVING_PODS)
        .map(ModelDeploymentReconciler::servingPod)
        .toList();
  }

  private static ServingPod servingPod(KubernetesObject pod) {
    String imageId = pod.json().at("/status/containerStatuses/0/imageID").asText("");
    return new ServingPod(pod.name(), imageId.isEmpty() ? null : imageId);
  }
}
