package dev.comptroller.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.api.v1alpha1.StatusCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final Refusal REFUSAL = new Refusal("WriteRefused", "exceeded quota: jobs");
  private static final Observation ADMITTED = Observation.yes("Admitted", "Allowed", "allowed");

  @Test
  void what_waits_says_that_the_refusal_is_why() {
    assertThat(
            REFUSAL.among(
                List.of(
                    ADMITTED,
                    Observation.no("Ready", "Pending", "not created"),
                    Observation.yes("Reconciling", "Pending", "not created"))))
        .containsExactly(
            ADMITTED,
            Observation.no("Ready", "WriteRefused", "exceeded quota: jobs"),
            Observation.yes("Reconciling", "WriteRefused", "exceeded quota: jobs"));
  }

  @Test
  void what_works_though_something_of_it_is_refused_stays_ready() {
    Observation ready = Observation.yes("Ready", "Running", "1 pods active");

    assertThat(REFUSAL.among(List.of(ready)))
        .containsExactly(
            ready, Observation.yes("Reconciling", "WriteRefused", "exceeded quota: jobs"));
  }

  @Test
  void what_lasts_is_tried_again_ever_less_often_but_every_minute() {
    assertThat(REFUSAL.again(List.of(), NOW)).isEqualTo(Duration.ofSeconds(1));
    assertThat(REFUSAL.again(since(NOW, "Pending"), NOW.plusSeconds(30)))
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(REFUSAL.again(since(NOW, "WriteRefused"), NOW)).isEqualTo(Duration.ofSeconds(1));
    assertThat(REFUSAL.again(since(NOW, "WriteRefused"), NOW.plusSeconds(8)))
        .isEqualTo(Duration.ofSeconds(8));
    assertThat(REFUSAL.again(since(NOW, "WriteRefused"), NOW.plusSeconds(3600)))
        .isEqualTo(Duration.ofMinutes(1));
  }

  private static List<StatusCondition> since(Instant time, String reason) {
    return List.of(new StatusCondition("Reconciling", "True", 1L, time.toString(), reason, "why"));
  }
}
