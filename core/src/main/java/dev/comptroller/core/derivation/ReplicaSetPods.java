package dev.comptroller.core.derivation;

import dev.comptroller.core.object.KubernetesObject;

/**
 * A ReplicaSet's pods are its template. It is the ReplicaSet they are compared with and not its
 * Deployment: in a rollout that is stuck, the older ReplicaSet still makes pods.
 */
final class ReplicaSetPods implements Relation {
  @Override
  public Comparison compare(KubernetesObject pod, KubernetesObject replicaSet) {
    return PodSpecs.compare(pod, PodSpecs.template(replicaSet));
  }
}
