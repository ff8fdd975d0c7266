package dev.comptroller.core.workload;

import java.util.List;

/**
 * A workload whose number of pods, or whose time, cannot be told from the object alone.
 *
 * @param pointer JSON pointer of the field that would tell
 * @param missing what would have to be known
 */
public record UnpricedWorkload(
    String kind, String pointer, String missing, List<PodTemplate> templates) implements Workload {
  public UnpricedWorkload {
    templates = List.copyOf(templates);
  }
}
