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
 * Pods kept at a number that are replaced one by one: ReplicaSet, StatefulSet,
 * ReplicationController. (replicas or what an autoscaler may make of them) x accelerators.
 */
record ReplicasKind(String name) implements Kind {
  @Override
  public Set<String> children() {
    return Set.of("Pod");
  }

  @Override
  public Workload read(Field object, Site site) {
    Field spec = object.get("spec").required("the spec of a " + shortName());
    PodTemplate template = PodTemplateReader.read(spec.get("template"), site);
    Field replicas = spec.get("replicas");
    Figure own = Figure.pods(replicas.pointer(), "replicas", replicas.whole().orElse(1));
    return Workload.serving(
        shortName(), List.of(new PodSet(template, Autoscaler.most(object, site, own))));
  }
}
