package dev.comptroller.operator.workload;

import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.operator.wiring.OwnedResources;

/**
 * A workload, and the verdict about it.
 *
 * @param resource the workload in the class of its kind
 * @param object the same as a value
 * @param decision a verdict; never that there is none
 * @param owned what the caches hold of it
 */
public record Judged<P>(
    P resource, KubernetesObject object, Decision decision, OwnedResources owned) {

  /** Whether it may start or go on. */
  public boolean allowed() {
    return decision.outcome() == Outcome.ALLOWED;
  }
}
