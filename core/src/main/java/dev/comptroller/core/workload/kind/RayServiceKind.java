package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.List;
import java.util.Set;

/** A RayService: its cluster, twice where an upgrade makes a second one beside the first. */
final class RayServiceKind implements Kind {
  @Override
  public String name() {
    return "ray.io/RayService";
  }

  @Override
  public Set<String> children() {
    return Set.of("ray.io/RayCluster");
  }

  @Override
  public Workload read(Field object, Site site) {
    Field spec = object.get("spec").required("the spec of a RayService");
    RayClusterSpec cluster = RayClusterSpec.read(spec.get("rayClusterConfig"), site);
    Field upgrade = spec.get("upgradeStrategy").get("type");
    long clusters = upgrade.textOrEmpty().equals("None") ? 1 : 2;
    Figure both = Figure.number(upgrade.pointer(), "clusters in an upgrade", clusters);
    List<PodSet> podSets =
        cluster.podSets().stream()
            .map(set -> new PodSet(set.template(), set.pods().times("pods of all clusters", both)))
            .toList();
    return new Workload("RayService", podSets, cluster.serving("RayService"));
  }
}
