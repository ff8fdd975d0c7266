package dev.comptroller.operator.modeldeployment;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.api.v1alpha1.ModelDeployment;
import dev.comptroller.api.v1alpha1.ModelDeploymentStatus;
import dev.comptroller.core.derivation.ModelDeploymentResources;
import dev.comptroller.core.derivation.WiredResources;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.operator.status.Conditions;
import dev.comptroller.operator.status.Refusal;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Judges an endpoint, wires it, and serves it. */
@ControllerConfiguration(name = "model-deployment")
public final class ModelDeploymentReconciler implements Reconciler<ModelDeployment> {
  private static final OwnedKinds<ModelDeployment> OWNED =
      new OwnedKinds<>(
          Api.MODEL_DEPLOYMENT_LABEL,
          ModelDeployment.class,
          List.of(
              new GroupVersionKind("apps", "v1", "Deployment"),
              new GroupVersionKind("", "v1", "Service")),
          List.of("ServiceMonitor", "PrometheusRule"));

  private final Collaborators with;
  private final WorkloadReconciliation<ModelDeployment, ModelDeploymentStatus> reconciliation;

  public ModelDeploymentReconciler(Collaborators with) {
    this.with = with;
    this.reconciliation = new WorkloadReconciliation<>(OWNED, ModelDeployment::new, with);
  }

  @Override
  public List<EventSource<?, ModelDeployment>> prepareEventSources(
      EventSourceContext<ModelDeployment> context) {
    return reconciliation.eventSources(context);
  }

  @Override
  public UpdateControl<ModelDeployment> reconcile(
      ModelDeployment endpoint, Context<ModelDeployment> context) {
    return reconciliation.reconcile(endpoint, context, this::proceed);
  }

  private Progress<ModelDeploymentStatus> proceed(Judged<ModelDeployment> judged) {
    EndpointFacts facts = act(judged);
    Instant now = with.judge().clock().instant();
    return new Progress<>(
        EndpointStatus.of(judged.resource(), facts, now),
        facts
            .refused()
            .map(refusal -> refusal.again(Conditions.previous(judged.resource()), now))
            .or(() -> facts.secrets().again()));
  }

  private EndpointFacts act(Judged<ModelDeployment> judged) {
    ModelDeployment endpoint = judged.resource();
    KubernetesObject object = judged.object();
    OwnedResources owned = judged.owned();
    Optional<KubernetesObject> deployment = owned.ofKind("Deployment").stream().findFirst();
    SecretCheck check = with.secrets().check(object.namespace(), endpoint.getSpec().secrets());
    MonitoringState monitored = MonitoringState.NOT_WIRED;
    boolean stopped = false;
    Optional<Refusal> refused = Optional.empty();
    try {
      if (judged.allowed()) {
        WiredResources resources = ModelDeploymentResources.of(object, with.wiring());
        monitored = with.wirer().wire(resources, owned);
        if (deployment.isPresent() || check.startable()) {
          deployment = Optional.of(with.wirer().start(resources.workload(), owned));
        }
      } else if (deployment.isPresent() && with.judge().stopsOnChange(object, judged.decision())) {
        stopped = true;
        with.wirer().scaleToZero(deployment.get());
      }
    } catch (RefusedException e) {
      refused = Optional.of(e.refusal());
    }
    return new EndpointFacts(
        judged.decision(),
        deployment.map(DeploymentObservation::of).orElse(DeploymentObservation.NONE),
        check,
        monitored,
        url(endpoint, owned),
        stopped,
        refused,
        with.judge().servingWindow(object),
        ServingPods.of(owned.ofKind("Pod")));
  }

  private static String url(ModelDeployment endpoint, OwnedResources owned) {
    int port = endpoint.getSpec().runtime().port();
    return owned.ofKind("Service").stream()
        .findFirst()
        .map(service -> "http://%s.%s.svc:%d".formatted(service.name(), service.namespace(), port))
        .orElse("");
  }
}
