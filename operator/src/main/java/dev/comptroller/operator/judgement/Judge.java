package dev.comptroller.operator.judgement;

import dev.comptroller.api.v1alpha1.OnChange;
import dev.comptroller.core.governor.ClusterView;
import dev.comptroller.core.governor.Governor;
import dev.comptroller.core.governor.Requester;
import dev.comptroller.core.governor.Review;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Durations;
import dev.comptroller.core.policy.PolicyMatch;
import dev.comptroller.operator.status.DecisionObservations;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.Consumer;

/** Asks the governor again about an object that is already stored, as if it were created now. */
public final class Judge {
  private final Governor governor;
  private final ClusterView cluster;
  private final Clock clock;
  private final Consumer<Consumer<ObjectKey>> changes;

  /**
   * A judge.
   *
   * @param changes takes whom to tell the key of each policy, class or approval that changes
   */
  public Judge(
      Governor governor, ClusterView cluster, Clock clock, Consumer<Consumer<ObjectKey>> changes) {
    this.governor = governor;
    this.cluster = cluster;
    this.clock = clock;
    this.changes = changes;
  }

  /** The verdict as of now. */
  public Decision review(KubernetesObject object) {
    return governor.review(Review.create(object, Requester.NOBODY), cluster, clock.instant());
  }

  /**
   * Whether a running workload that would be refused now has to stop: a policy that governs it says
   * so, and more than approvals is the matter. An approval limits starting and resuming; what runs
   * may finish within its hours.
   */
  public boolean stopsOnChange(KubernetesObject object, Decision decision) {
    return decision.outcome() == Decision.Outcome.DENIED
        && !DecisionObservations.lacksOnlyApprovals(decision)
        && PolicyMatch.governing(cluster.policies(), object.namespace()).stream()
            .anyMatch(policy -> policy.getSpec().onChange() == OnChange.Suspend);
  }

  /**
   * What a rate is priced over in the object's namespace: policies may name different windows, and
   * the longest shows the largest price.
   */
  public Duration servingWindow(KubernetesObject object) {
    return PolicyMatch.governing(cluster.policies(), object.namespace()).stream()
        .map(policy -> Durations.servingWindow(policy.getSpec().compute()))
        .max(Comparator.naturalOrder())
        .orElse(Durations.DEFAULT_SERVING_WINDOW);
  }

  /** Calls back after anything that verdicts look at has changed. */
  public void onChange(Consumer<ObjectKey> listener) {
    changes.accept(listener);
  }

  /** What the verdicts look at. */
  public ClusterView cluster() {
    return cluster;
  }

  /** The clock by which windows are held. */
  public Clock clock() {
    return clock;
  }
}
