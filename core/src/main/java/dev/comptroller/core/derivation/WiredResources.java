package dev.comptroller.core.derivation;

import dev.comptroller.core.object.KubernetesObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything the operator makes of one parent. All of it is owned by the parent, carries {@code
 * app.kubernetes.io/managed-by: comptroller} and has a name that only depends on the parent's.
 *
 * @param supporting identities, roles, network policies, services and dashboards, in the order in
 *     which they are to be applied; all before the workload
 * @param workload the child that runs pods
 * @param monitoring objects of the Prometheus Operator's kinds, to be left out where those kinds
 *     are not installed
 */
public record WiredResources(
    List<KubernetesObject> supporting,
    KubernetesObject workload,
    List<KubernetesObject> monitoring) {

  public WiredResources {
    supporting = List.copyOf(supporting);
    monitoring = List.copyOf(monitoring);
  }

  /** All objects, the workload last. */
  public List<KubernetesObject> all() {
    return Stream.of(supporting, monitoring, List.of(workload)).flatMap(List::stream).toList();
  }
}
