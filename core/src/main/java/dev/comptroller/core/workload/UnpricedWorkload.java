package dev.comptroller.core.workload;

import java.util.List;

/**
 * A workload whose number of pods, or whose time, cannot be told from the object alone.
 *
 * @param pointer JSON pointer of the field that leaves it open
 * @param missing what would have to be known
 */
public record UnpricedWorkload(
    String kind, String pointer, String missing, List<PodTemplate> templates) implements Workload {
  public UnpricedWorkload {
    templates = List.copyOf(templates);
  }

  static UnpricedWorkload readDaemonSet(Field object) {
    Field spec = object.get("spec").required("the spec of a DaemonSet");
    Field template = spec.get("template");
    return new UnpricedWorkload(
        "DaemonSet",
        template.get("spec").get("nodeSelector").pointer(),
        "the nodes it runs on",
        List.of(PodTemplateReader.read(template)));
  }

  static UnpricedWorkload readCronJob(Field object) {
    Field spec = object.get("spec").required("the spec of a CronJob");
    Field template = spec.get("jobTemplate").get("spec").get("template");
    return new UnpricedWorkload(
        "CronJob",
        spec.get("schedule").pointer(),
        "the Jobs it starts while its plan holds",
        List.of(PodTemplateReader.read(template)));
  }
}
