package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.Lookup;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.policy.PolicyMatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One request and all that may be looked at to judge it. */
record Hearing(Review review, ClusterView cluster, Instant now) {

  /** The policies that govern the namespace of the request. */
  List<GovernancePolicy> policies() {
    return PolicyMatch.governing(cluster.policies(), review.target().namespace());
  }

  /**
   * An object of the cluster; empty if there is none.
   *
   * @throws NotReadyException if the cluster could not be asked
   */
  Optional<KubernetesObject> object(ObjectKey key) {
    return found(key.toString(), cluster.object(key));
  }

  /**
   * The approvals of the request's namespace.
   *
   * @throws NotReadyException if the cluster could not be asked
   */
  List<KubernetesObject> approvals() {
    String namespace = review.target().namespace();
    return found("approvals of " + namespace, cluster.approvals(namespace)).orElse(List.of());
  }

  private static <T> Optional<T> found(String asked, Lookup<T> lookup) {
    return switch (lookup) {
      case Lookup.Found<T>(T value) -> Optional.of(value);
      case Lookup.Missing<T> missing -> Optional.empty();
      case Lookup.Unavailable<T>(String reason) -> throw new NotReadyException(asked, reason);
    };
  }
}
