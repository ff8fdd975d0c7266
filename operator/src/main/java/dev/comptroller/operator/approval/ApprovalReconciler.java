package dev.comptroller.operator.approval;

import dev.comptroller.api.v1alpha1.Approval;
import dev.comptroller.api.v1alpha1.ApprovalSpec;
import dev.comptroller.api.v1alpha1.ApprovalStatus;
import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.core.approval.ApprovalStanding;
import dev.comptroller.core.governor.ClusterView;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.policy.PolicyMatch;
import dev.comptroller.core.signature.Keyrings;
import dev.comptroller.operator.judgement.WakeAll;
import dev.comptroller.operator.status.Conditions;
import dev.comptroller.operator.status.Observation;
import dev.comptroller.operator.status.StatusFields;
import dev.comptroller.operator.status.StatusPatch;
import dev.comptroller.operator.wiring.Objects;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Says of each approval whether it counts now, and whose it is. Verdicts never read what is said
 * here.
 */
@ControllerConfiguration(name = "approval")
public final class ApprovalReconciler implements Reconciler<Approval> {
  private final ClusterView cluster;
  private final Clock clock;
  private final Keyrings keyrings = new Keyrings();
  private final Consumer<Consumer<ObjectKey>> changes;

  /**
   * A reconciler.
   *
   * @param changes takes whom to tell the key of each policy, class or approval that changes
   */
  public ApprovalReconciler(
      ClusterView cluster, Clock clock, Consumer<Consumer<ObjectKey>> changes) {
    this.cluster = cluster;
    this.clock = clock;
    this.changes = changes;
  }

  @Override
  public List<EventSource<?, Approval>> prepareEventSources(EventSourceContext<Approval> context) {
    WakeAll<Approval> wakeAll = new WakeAll<>(context.getPrimaryCache());
    changes.accept(
        changed -> {
          if (!changed.kind().equals("Approval")) {
            wakeAll.wake(changed);
          }
        });
    return List.of(wakeAll);
  }

  @Override
  public UpdateControl<Approval> reconcile(Approval approval, Context<Approval> context) {
    Instant now = clock.instant();
    ApprovalStanding standing = standing(Objects.of(approval), now);
    Observation ready = ready(approval.getSpec(), standing);
    List<Observation> observations = new ArrayList<>(List.of(ready));
    if (ready.truth() == Observation.Truth.FALSE) {
      observations.add(Observation.yes("Stalled", ready.reason(), ready.message()));
    }
    ApprovalStatus status =
        new ApprovalStatus(
            approval.getMetadata().getGeneration(),
            StatusFields.persons(standing.approvers()),
            Conditions.of(approval, observations, now));
    UpdateControl<Approval> control = StatusPatch.of(approval, new Approval(), status);
    return standing
        .nextChange()
        .map(next -> control.rescheduleAfter(Duration.between(now, next).plusSeconds(1)))
        .orElse(control);
  }

  private ApprovalStanding standing(KubernetesObject approval, Instant now) {
    return ApprovalStanding.of(
        approval,
        PolicyMatch.governing(cluster.policies(), approval.namespace()).stream()
            .map(GovernancePolicy::getSpec)
            .toList(),
        keyrings,
        cluster.clusterUid(),
        now);
  }

  private Observation ready(ApprovalSpec spec, ApprovalStanding standing) {
    if (standing.approvers().isEmpty()) {
      return Observation.no(
          "Ready",
          "ApprovalInvalid",
          "no signature by an approving authority of the policies that govern this namespace");
    }
    return switch (standing.validity()) {
      case UNREADABLE ->
          Observation.no("Ready", "ApprovalInvalid", standing.problems().getFirst().message());
      case ELSEWHERE ->
          Observation.no(
              "Ready",
              "ApprovalMismatch",
              "given for cluster %s, this is %s".formatted(spec.cluster(), cluster.clusterUid()));
      case EXPIRED -> Observation.no("Ready", "ApprovalExpired", "expired at " + spec.expires());
      case NOT_YET -> Observation.unknown("Ready", "NotYetValid", "holds from " + spec.notBefore());
      case IN_FORCE ->
          Observation.yes(
              "Ready",
              "InForce",
              "%s approved %s GPU-hours until %s"
                  .formatted(
                      String.join(", ", standing.approvers()), spec.gpuHours(), spec.expires()));
    };
  }
}
