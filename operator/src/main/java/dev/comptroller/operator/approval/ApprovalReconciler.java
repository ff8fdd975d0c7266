package dev.comptroller.operator.approval;

import dev.comptroller.api.v1alpha1.Approval;
import dev.comptroller.api.v1alpha1.ApprovalRequirement;
import dev.comptroller.api.v1alpha1.ApprovalSpec;
import dev.comptroller.api.v1alpha1.ApprovalStatus;
import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.Tier;
import dev.comptroller.core.governor.ClusterView;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.policy.PolicyMatch;
import dev.comptroller.core.signature.Keyring;
import dev.comptroller.core.signature.ObjectSignatures;
import dev.comptroller.core.signature.SignatureVerdict;
import dev.comptroller.core.signature.Signer;
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
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Says of each approval whether it counts now, and whose it is. Verdicts never read what is said
 * here.
 */
@ControllerConfiguration(name = "approval")
public final class ApprovalReconciler implements Reconciler<Approval> {
  private final ClusterView cluster;
  private final Clock clock;
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
    NavigableSet<String> approvers = approvers(Objects.of(approval), now);
    Observation ready = ready(approval.getSpec(), approvers, now);
    List<Observation> observations = new ArrayList<>(List.of(ready));
    if (ready.truth() == Observation.Truth.FALSE) {
      observations.add(Observation.yes("Stalled", ready.reason(), ready.message()));
    }
    ApprovalStatus status =
        new ApprovalStatus(
            approval.getMetadata().getGeneration(),
            StatusFields.persons(approvers),
            Conditions.of(approval, observations, now));
    UpdateControl<Approval> control = StatusPatch.of(approval, new Approval(), status);
    return nextBoundary(approval.getSpec(), now)
        .map(next -> control.rescheduleAfter(Duration.between(now, next).plusSeconds(1)))
        .orElse(control);
  }

  private NavigableSet<String> approvers(KubernetesObject approval, Instant now) {
    NormalForm form = NormalForm.of(approval);
    NavigableSet<String> persons = new TreeSet<>();
    for (GovernancePolicy policy :
        PolicyMatch.governing(cluster.policies(), approval.namespace())) {
      List<String> authorities = approvingAuthorities(policy);
      if (!authorities.isEmpty()) {
        SignatureVerdict verdict =
            ObjectSignatures.verify(
                approval,
                form,
                Keyring.of(policy.getSpec()),
                authorities,
                1,
                cluster.clusterUid(),
                now);
        verdict.signers().stream().map(Signer::person).forEach(persons::add);
      }
    }
    return persons;
  }

  private static List<String> approvingAuthorities(GovernancePolicy policy) {
    return policy.getSpec().compute().tiers().stream()
        .map(Tier::approvals)
        .flatMap(Stream::ofNullable)
        .map(ApprovalRequirement::authorities)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  private Observation ready(ApprovalSpec spec, NavigableSet<String> approvers, Instant now) {
    if (approvers.isEmpty()) {
      return Observation.no(
          "Ready",
          "ApprovalInvalid",
          "no signature by an approving authority of the policies that govern this namespace");
    }
    if (!spec.cluster().equals(cluster.clusterUid())) {
      return Observation.no(
          "Ready",
          "ApprovalMismatch",
          "given for cluster %s, this is %s".formatted(spec.cluster(), cluster.clusterUid()));
    }
    if (!now.isBefore(Instant.parse(spec.expires()))) {
      return Observation.no("Ready", "ApprovalExpired", "expired at " + spec.expires());
    }
    if (spec.notBefore() != null && now.isBefore(Instant.parse(spec.notBefore()))) {
      return Observation.unknown("Ready", "NotYetValid", "holds from " + spec.notBefore());
    }
    return Observation.yes(
        "Ready",
        "InForce",
        "%s approved %s GPU-hours until %s"
            .formatted(String.join(", ", approvers), spec.gpuHours(), spec.expires()));
  }

  private static Optional<Instant> nextBoundary(ApprovalSpec spec, Instant now) {
    return Stream.of(Optional.ofNullable(spec.notBefore()), Optional.of(spec.expires()))
        .flatMap(Optional::stream)
        .map(Instant::parse)
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }
}
