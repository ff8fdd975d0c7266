package dev.comptroller.core.workload;

import java.util.List;

/** A pod of its own. */
public record PodWorkload(PodTemplate template) implements Workload {
  static PodWorkload read(Field object) {
    return new PodWorkload(PodTemplateReader.read(object));
  }

  @Override
  public String kind() {
    return "Pod";
  }

  @Override
  public List<PodTemplate> templates() {
    return List.of(template);
  }
}
