package dev.comptroller.webhook.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LifetimesTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private final Lifetimes lifetimes =
      new Lifetimes(Duration.ofSeconds(90), Duration.ofSeconds(45), Duration.ofSeconds(8));

  @Test
  void the_last_third_of_a_lifetime_is_for_renewal() {
    Instant end = CREATED.plusSeconds(90);

    assertThat(lifetimes.dueForRenewal(CREATED, end, CREATED.plusSeconds(60))).isFalse();
    assertThat(lifetimes.dueForRenewal(CREATED, end, CREATED.plusSeconds(61))).isTrue();
  }

  @Test
  void a_short_life_is_looked_at_often_and_a_long_one_every_ten_seconds() {
    assertThat(lifetimes.checkInterval()).isEqualTo(Duration.ofMillis(3750));
    assertThat(Lifetimes.DEFAULT.checkInterval()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void a_certificate_with_a_short_life_is_not_renewed_as_soon_as_it_is_made() throws Exception {
    IssuedCertificates first = IssuedCertificates.first(Set.of("a.svc"), CREATED, lifetimes);

    assertThat(first.advanced(Set.of("a.svc"), CREATED.plusSeconds(20), lifetimes, first.trusted()))
        .isEqualTo(first);
  }

  @Test
  void lifetimes_that_leave_no_time_to_renew_are_refused_with_what_is_required() {
    Duration hour = Duration.ofHours(1);
    assertThatThrownBy(() -> new Lifetimes(hour, Duration.ofSeconds(29), Duration.ZERO))
        .hasMessageContaining("serving certificate: found PT29S, required at least PT30S");
    assertThatThrownBy(() -> new Lifetimes(hour, Duration.ofHours(2), Duration.ZERO))
        .hasMessageContaining("authority: found PT1H, required at least")
        .hasMessageContaining("PT2H");
    assertThatThrownBy(() -> new Lifetimes(hour, hour, Duration.ofMinutes(11)))
        .hasMessageContaining("propagation: found PT11M, required at most")
        .hasMessageContaining("PT10M");
  }
}
