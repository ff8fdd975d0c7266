package dev.comptroller.core.workload;

/**
 * Pods of one template.
 *
 * @param pods how many of them there are at once, at most
 */
public record PodSet(PodTemplate template, Figure pods) {

  /** These pods for a time. */
  public Holding during(Figure seconds) {
    return new Holding.AtOnce(template, pods, seconds);
  }
}
