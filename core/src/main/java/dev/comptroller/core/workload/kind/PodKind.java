package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.PodTemplateReader;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.List;

/**
 * A pod of its own: accelerators x (pod deadline + grace period). Restarts of its containers happen
 * within the deadline.
 */
final class PodKind implements Kind {
  @Override
  public String name() {
    return "Pod";
  }

  @Override
  public Workload read(Field object, Site site) {
    PodTemplate template = PodTemplateReader.read(object, site);
    PodSet pod = new PodSet(template, Figure.pods("", "pods", 1));
    return new Workload("Pod", List.of(pod), pod.untilTheirDeadline());
  }
}
