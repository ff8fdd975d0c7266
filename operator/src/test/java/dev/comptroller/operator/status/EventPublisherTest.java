package dev.comptroller.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.api.v1alpha1.StatusCondition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventPublisherTest {
  private static final Observation ADMITTED = Observation.yes("Admitted", "Allowed", "tier small");
  private static final Observation NO_SECRETS =
      Observation.yes("SecretsReady", "NoneNamed", "none");

  @Test
  void what_changed_is_told_and_what_is_not_known_is_not() {
    List<StatusCondition> before =
        conditions(ADMITTED, Observation.unknown("Ready", "Starting", "no pod yet"));
    List<StatusCondition> after =
        conditions(
            ADMITTED,
            Observation.yes("Ready", "Running", "1 pod"),
            Observation.unknown("Completed", "NotFinished", "1 pod"));

    assertThat(told(before, after)).containsExactly("Ready Running");
  }

  @Test
  void a_success_that_two_conditions_speak_of_is_told_once() {
    List<StatusCondition> after =
        conditions(
            Observation.yes("Completed", "Succeeded", "1 of 1"),
            Observation.yes("Ready", "Succeeded", "1 of 1"));

    assertThat(told(List.of(), after)).containsExactly("Completed Succeeded");
  }

  @Test
  void secrets_that_were_never_missing_are_no_news() {
    assertThat(told(List.of(), conditions(ADMITTED, NO_SECRETS)))
        .containsExactly("Admitted Allowed");
  }

  @Test
  void secrets_that_were_not_looked_for_or_not_named_before_are_no_news() {
    List<StatusCondition> present =
        conditions(Observation.yes("SecretsReady", "Present", "1 Secrets exist"));

    assertThat(told(conditions(NO_SECRETS), present)).isEmpty();
    assertThat(told(conditions(Observation.unknown("SecretsReady", "NotChecked", "")), present))
        .isEmpty();
  }

  @Test
  void secrets_that_are_missing_and_then_there_are_told() {
    List<StatusCondition> missing =
        conditions(Observation.no("SecretsReady", "SecretMissing", "s3 is missing"));

    assertThat(told(List.of(), missing)).containsExactly("SecretsReady SecretMissing");
    assertThat(told(missing, conditions(NO_SECRETS))).containsExactly("SecretsReady NoneNamed");
  }

  private static List<String> told(List<StatusCondition> before, List<StatusCondition> after) {
    return EventPublisher.toTell(before, after).stream()
        .map(condition -> condition.type() + " " + condition.reason())
        .toList();
  }

  private static List<StatusCondition> conditions(Observation... observations) {
    return Conditions.of(List.of(observations), List.of(), 1, Instant.EPOCH);
  }
}
