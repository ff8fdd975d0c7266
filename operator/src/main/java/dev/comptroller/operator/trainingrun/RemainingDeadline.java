package dev.comptroller.operator.trainingrun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.object.KubernetesObject;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What is left of a Job's deadline when it is suspended. Its controller counts anew from each
 * resumption; so that all starts together stay within what was approved, the deadline shrinks by
 * the time that has passed and by the grace period in which the pods still end.
 */
final class RemainingDeadline {
  private static final long DEFAULT_GRACE = 30;

  /** A Job's deadline is at least one second. */
  private static final long SHORTEST = 1;

  private RemainingDeadline() {}

  /**
   * The deadline in seconds that a Job may have when it goes on; empty if the one it has may stay:
   * it has none, or it has not started.
   */
  static OptionalLong of(KubernetesObject job, Instant now) {
    JsonNode deadline = job.spec().path("activeDeadlineSeconds");
    String started = job.json().at("/status/startTime").asText("");
    if (!deadline.isIntegralNumber() || started.isEmpty()) {
      return OptionalLong.empty();
    }
    Duration passed = Duration.between(Instant.parse(started), now);
    long grace =
        job.spec().at("/template/spec/terminationGracePeriodSeconds").asLong(DEFAULT_GRACE);
    long used = Math.max(0, passed.plusMillis(999).toSeconds()) + grace;
    return OptionalLong.of(Math.max(SHORTEST, deadline.longValue() - used));
  }
}
