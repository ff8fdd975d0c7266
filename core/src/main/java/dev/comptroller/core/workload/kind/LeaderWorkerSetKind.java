package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.PodTemplateReader;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.List;
import java.util.Set;

/**
 * A LeaderWorkerSet: (replicas or what an autoscaler may make of them + surge) x (leader + (size -
 * 1) x worker).
 */
final class LeaderWorkerSetKind implements Kind {
  @Override
  public String name() {
    return "leaderworkerset.x-k8s.io/LeaderWorkerSet";
  }

  @Override
  public Set<String> children() {
    return Set.of("apps/StatefulSet");
  }

  @Override
  public Workload read(Field object, Site site) {
    Field spec = object.get("spec").required("the spec of a LeaderWorkerSet");
    Field group = spec.get("leaderWorkerTemplate").required("the template of a group");
    Field replicas = spec.get("replicas");
    Figure own = Figure.number(replicas.pointer(), "groups", replicas.whole().orElse(1));
    Figure groups = Autoscaler.most(object, site, own);
    Field maxSurge = spec.get("rolloutStrategy").get("rollingUpdateConfiguration").get("maxSurge");
    Figure surge = Figure.pods(maxSurge.pointer(), "surge", Surge.of(maxSurge, groups.value(), 0));
    if (!surge.isZero() && !groups.isZero()) {
      groups = groups.plus("groups + surge", surge);
    }
    Field leader = group.get("leaderTemplate");
    Field worker = group.get("workerTemplate");
    PodTemplate workers = PodTemplateReader.read(worker, site);
    PodTemplate leaders = leader.present() ? PodTemplateReader.read(leader, site) : workers;
    Field size = group.get("size");
    long members = Math.max(1, size.whole().orElse(1));
    Figure others = Figure.number(size.pointer(), "workers of a group", members - 1);
    Figure leading = Figure.number(size.pointer(), "leader of a group", 1);
    return Workload.serving(
        "LeaderWorkerSet",
        List.of(
            new PodSet(leaders, pods(groups).times("leaders", leading)),
            new PodSet(workers, pods(groups).times("workers", others))));
  }

  private static Figure pods(Figure groups) {
    return new Figure(groups.pointer(), groups.name(), groups.value(), "pods", groups.parts());
  }
}
