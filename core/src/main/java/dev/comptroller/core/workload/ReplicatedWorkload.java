package dev.comptroller.core.workload;

import java.util.List;

/**
 * Pods that are kept at a number until somebody changes it: Deployment, ReplicaSet, StatefulSet,
 * ModelDeployment.
 *
 * @param pointer JSON pointer of the field that sets the number
 * @param replicas pods wanted, at most
 * @param surge pods beyond that while it rolls out, at most
 */
public record ReplicatedWorkload(
    String kind, String pointer, PodTemplate template, long replicas, long surge)
    implements Workload {
  @Override
  public List<PodTemplate> templates() {
    return List.of(template);
  }
}
