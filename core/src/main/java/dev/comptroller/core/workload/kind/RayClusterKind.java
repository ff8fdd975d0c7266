package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.Set;

/** A RayCluster: (head + workers of all groups at their most) x accelerators. */
final class RayClusterKind implements Kind {
  @Override
  public String name() {
    return "ray.io/RayCluster";
  }

  @Override
  public Set<String> children() {
    return Set.of("Pod");
  }

  @Override
  public Workload read(Field object, Site site) {
    RayClusterSpec cluster = RayClusterSpec.read(object.get("spec"), site);
    return new Workload("RayCluster", cluster.podSets(), cluster.serving("RayCluster"));
  }
}
