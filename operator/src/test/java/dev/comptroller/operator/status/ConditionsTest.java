package dev.comptroller.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.api.v1alpha1.StatusCondition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final Instant EARLIER = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant LATER = Instant.parse("2026-11-22T11:00:00.123456Z");

  @Test
  void the_transition_time_moves_only_when_the_status_does() {
    List<StatusCondition> before =
        Conditions.of(List.of(Observation.yes("Ready", "Running", "1 pod")), List.of(), 1, EARLIER);

    List<StatusCondition> sameStatus =
        Conditions.of(List.of(Observation.yes("Ready", "Running", "2 pods")), before, 2, LATER);
    List<StatusCondition> otherStatus =
        Conditions.of(List.of(Observation.no("Ready", "Failed", "")), before, 2, LATER);

    assertThat(sameStatus.getFirst().lastTransitionTime()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(sameStatus.getFirst().observedGeneration()).isEqualTo(2);
    assertThat(otherStatus.getFirst().lastTransitionTime()).isEqualTo("2026-11-22T11:00:00Z");
  }

  @Test
  void the_same_observations_at_another_time_change_nothing() {
    List<Observation> observations =
        List.of(
            Observation.yes("Admitted", "Allowed", "tier reviewed"),
            Observation.unknown("Completed", "NotFinished", "1 pod"));
    List<StatusCondition> before = Conditions.of(observations, List.of(), 3, EARLIER);

    assertThat(Conditions.of(observations, before, 3, LATER)).isEqualTo(before);
  }

  @Test
  void a_message_never_grows_without_bound() {
    StatusCondition condition =
        Conditions.of(
                List.of(Observation.no("Ready", "Denied", "x".repeat(100_000))),
                List.of(),
                1,
                EARLIER)
            .getFirst();

    assertThat(condition.message()).hasSizeLessThan(3000).endsWith("...");
  }
}
