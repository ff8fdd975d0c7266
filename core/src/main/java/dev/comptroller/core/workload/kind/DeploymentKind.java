package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.PodTemplateReader;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.List;

/** A Deployment: (replicas or what an autoscaler may make of them + surge) x accelerators. */
final class DeploymentKind implements Kind {
  private static final int DEFAULT_SURGE_PERCENT = 25;

  @Override
  public String name() {
    return "apps/Deployment";
  }

  @Override
  public Workload read(Field object, Site site) {
    Field spec = object.get("spec").required("the spec of a Deployment");
    PodTemplate template = PodTemplateReader.read(spec.get("template"), site);
    Field replicas = spec.get("replicas");
    Figure own = Figure.pods(replicas.pointer(), "replicas", replicas.whole().orElse(1));
    Figure pods = withSurge(Autoscaler.most(object, site, own), spec.get("strategy"));
    return Workload.serving("Deployment", List.of(new PodSet(template, pods)));
  }

  /** A number of pods and the surge of the strategy by which they are replaced. */
  static Figure withSurge(Figure replicas, Field strategy) {
    Field maxSurge = strategy.get("rollingUpdate").get("maxSurge");
    if (strategy.get("type").textOrEmpty().equals("Recreate") || replicas.isZero()) {
      return replicas;
    }
    Figure surge =
        Figure.pods(
            maxSurge.pointer(),
            "surge",
            Surge.of(maxSurge, replicas.value(), DEFAULT_SURGE_PERCENT));
    return surge.isZero() ? replicas : replicas.plus("replicas + surge", surge);
  }
}
