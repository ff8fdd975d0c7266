package dev.comptroller.core.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BurnRateTest {

  @Test
  void thirty_days_of_99_9_percent_give_the_known_factors() {
    BurnRate rate = new BurnRate(new BigDecimal("0.001"), Duration.ofDays(30));
    assertThat(rate.expression("page", window -> "e" + window))
        .isEqualTo("(e5m > 0.0144 and e1h > 0.0144) or (e30m > 0.006 and e6h > 0.006)");
    assertThat(rate.expression("ticket", window -> "e" + window))
        .isEqualTo("(e2h > 0.003 and e1d > 0.003) or (e6h > 0.001 and e3d > 0.001)");
  }

  @Test
  void an_alert_that_could_not_fire_is_left_out() {
    BurnRate rate = new BurnRate(new BigDecimal("0.1"), Duration.ofDays(30));
    assertThat(rate.expression("page", window -> "e" + window))
        .isEqualTo("(e30m > 0.6 and e6h > 0.6)");
    BurnRate lax = new BurnRate(new BigDecimal("0.2"), Duration.ofDays(30));
    assertThat(lax.expression("page", window -> window)).isEmpty();
  }

  @Test
  void an_alert_that_would_fire_within_the_budget_is_left_out() {
    BurnRate week = new BurnRate(new BigDecimal("0.001"), Duration.ofDays(7));
    assertThat(week.expression("page", window -> "e" + window))
        .isEqualTo("(e5m > 0.00336 and e1h > 0.00336) or (e30m > 0.0014 and e6h > 0.0014)");
    assertThat(week.expression("ticket", window -> "e" + window)).isEmpty();
  }

  @Test
  void every_window_is_recorded_once() {
    assertThat(BurnRate.windows()).containsExactly("5m", "30m", "1h", "2h", "6h", "1d", "3d");
  }
}
