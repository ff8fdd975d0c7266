package dev.comptroller.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.comptroller.api.v1alpha1.Compute;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({"300ms, PT0.3S", "45s, PT45S", "30m, PT30M", "720h, PT720H", "30d, PT720H"})
  void a_number_and_a_unit_is_a_duration(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "h", "1.5h", "-1h", "1h30m", " 1h", "1H", "1w", "9999999999h"})
  void any_other_form_is_refused_with_the_form_that_is_accepted(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).hasMessageContaining(Durations.FORM);
  }

  @Test
  void serving_is_priced_for_thirty_days_unless_the_policy_says_otherwise() {
    assertThat(Durations.servingWindow(new Compute(null, null, List.of())))
        .isEqualTo(Duration.ofDays(30));
    assertThat(Durations.servingWindow(new Compute("24h", null, List.of())))
        .isEqualTo(Duration.ofDays(1));
  }
}
