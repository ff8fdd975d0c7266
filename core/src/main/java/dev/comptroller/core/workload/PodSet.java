package dev.comptroller.core.workload;

import java.util.List;

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

  /** These pods, where nothing but their own deadline ends them. */
  public Holding untilTheirDeadline() {
    return template
        .deadline()
        .map(deadline -> during(deadline.plus("pod deadline + grace period", template.grace())))
        .orElseGet(
            () ->
                new Holding.Endless(
                    List.of(template),
                    new Reason(
                        Reason.Code.NoDeadline,
                        template.pointer() + "/activeDeadlineSeconds",
                        "no deadline",
                        "a deadline in seconds")));
  }
}
