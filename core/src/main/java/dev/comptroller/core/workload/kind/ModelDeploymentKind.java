package dev.comptroller.core.workload.kind;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.PodTemplateReader;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.List;

/** A ModelDeployment: (the most it may be scaled to + surge) x accelerators of its container. */
public final class ModelDeploymentKind implements Kind {
  /**
   * Pods that a ModelDeployment may have beyond {@code scale.max} while it rolls out: the {@code
   * maxSurge} of the Deployment derived from it.
   */
  public static final int SERVING_SURGE = 1;

  @Override
  public String name() {
    return Api.GROUP + "/ModelDeployment";
  }

  @Override
  public Workload read(Field object, Site site) {
    Field spec = object.get("spec").required("the spec of a ModelDeployment");
    Field most = spec.get("scale").get("max").required("the most pods that may serve");
    Figure pods = Figure.pods(most.pointer(), "replicas", most.whole().orElse(0));
    if (!pods.isZero()) {
      pods = pods.plus("replicas + surge", Figure.pods("", "surge", SERVING_SURGE));
    }
    PodTemplate template =
        PodTemplateReader.readContainer(
            spec.get("runtime").required("the container that serves"), site);
    return Workload.serving("ModelDeployment", List.of(new PodSet(template, pods)));
  }
}
