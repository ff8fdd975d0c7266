package dev.comptroller.operator.status;

import dev.comptroller.api.v1alpha1.StatusCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Why something that was to be written for an object was refused. It may pass without anybody
 * telling: a quota is raised, the object that has the name is deleted.
 *
 * @param reason one CamelCase word
 * @param message a sentence for people
 */
public record Refusal(String reason, String message) {
  private static final Duration SOONEST = Duration.ofSeconds(1);
  private static final Duration LATEST = Duration.ofMinutes(1);

  /** What is observed of an object, and that this is why it gets no further. */
  public List<Observation> among(List<Observation> observations) {
    List<Observation> all = new ArrayList<>();
    for (Observation observation : observations) {
      boolean ready = observation.type().equals("Ready");
      if (ready && observation.truth() != Observation.Truth.TRUE) {
        all.add(Observation.no("Ready", reason, message));
      } else if (!observation.type().equals("Reconciling")) {
        all.add(observation);
      }
    }
    all.add(Observation.yes("Reconciling", reason, message));
    return List.copyOf(all);
  }

  /**
   * When to try again: after as long as it has lasted, so that what lasts is tried ever less often.
   *
   * @param told what the status of the object says now
   */
  public Duration again(List<StatusCondition> told, Instant now) {
    Duration lasted =
        Conditions.find(told, "Reconciling")
            .filter(condition -> condition.reason().equals(reason))
            .map(condition -> Duration.between(Instant.parse(condition.lastTransitionTime()), now))
            .orElse(SOONEST);
    return lasted.compareTo(SOONEST) < 0 ? SOONEST : lasted.compareTo(LATEST) > 0 ? LATEST : lasted;
  }
}
