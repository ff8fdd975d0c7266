package dev.comptroller.webhook.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IssuedCertificatesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Set<String> NAMES = Set.of("webhook.system.svc", "127.0.0.1");
  private static final Lifetimes LIFETIMES = Lifetimes.DEFAULT;

  private final IssuedCertificates first = IssuedCertificates.first(NAMES, START, LIFETIMES);

  @Test
  void the_first_certificate_is_good_at_once_and_covers_every_name() throws Exception {
    first.serving().check(START, NAMES);

    assertThat(first.authority().issued(first.serving().leaf())).isTrue();
    assertThat(first.trusted()).containsExactly(first.authority().certificate());
  }

  @Test
  void nothing_changes_while_nothing_is_due() throws Exception {
    assertThat(first.advanced(NAMES, START.plus(Duration.ofDays(50)), LIFETIMES, first.trusted()))
        .isEqualTo(first);
  }

  @Test
  void a_serving_certificate_is_renewed_in_its_last_third_by_the_same_authority() throws Exception {
    Instant later = START.plus(Duration.ofDays(61));
    IssuedCertificates next = first.advanced(NAMES, later, LIFETIMES, first.trusted());

    assertThat(next.serving()).isNotEqualTo(first.serving());
    assertThat(next.trusted()).isEqualTo(first.trusted());
    next.serving().check(later.plus(Duration.ofDays(60)), NAMES);
  }

  @Test
  void a_new_authority_signs_nothing_before_it_is_published_and_noticed() throws Exception {
    Instant due = START.plus(Duration.ofDays(260));
    IssuedCertificates prepared = first.advanced(NAMES, due, LIFETIMES, first.trusted());
    X509Certificate successor = prepared.trusted().getLast();
    assertThat(prepared.trusted()).hasSize(2).startsWith(first.authority().certificate());
    assertThat(prepared.authority()).isEqualTo(first.authority());

    Instant noticed = due.plus(Duration.ofMinutes(6));
    assertThat(prepared.advanced(NAMES, noticed, LIFETIMES, first.trusted()).authority())
        .as("not published")
        .isEqualTo(first.authority());
    assertThat(
            prepared
                .advanced(NAMES, due.plus(Duration.ofMinutes(1)), LIFETIMES, prepared.trusted())
                .authority())
        .as("published, but perhaps not noticed")
        .isEqualTo(first.authority());

    IssuedCertificates promoted = prepared.advanced(NAMES, noticed, LIFETIMES, prepared.trusted());
    assertThat(promoted.authority().certificate()).isEqualTo(successor);
    assertThat(promoted.authority().issued(promoted.serving().leaf())).isTrue();
    assertThat(promoted.trusted()).contains(first.authority().certificate());
  }

  @Test
  void a_replica_with_another_name_takes_no_name_away() throws Exception {
    IssuedCertificates next =
        first.advanced(Set.of("other.system.svc"), START, LIFETIMES, first.trusted());

    assertThat(next.serving().names())
        .containsExactlyInAnyOrder("other.system.svc", "webhook.system.svc", "127.0.0.1");
  }

  @Test
  void an_installation_that_slept_beyond_its_authority_serves_again_at_once() throws Exception {
    Instant woken = START.plus(Duration.ofDays(500));
    IssuedCertificates next = first.advanced(NAMES, woken, LIFETIMES, first.trusted());

    next.serving().check(woken, NAMES);
    assertThat(next.authority().issued(next.serving().leaf())).isTrue();
  }

  @Test
  void over_years_every_certificate_served_is_valid_and_trusted_already() throws Exception {
    IssuedCertificates current = first;
    List<X509Certificate> noticed = current.trusted();
    int authorities = 0;
    for (Instant now = START; now.isBefore(START.plus(Duration.ofDays(1500))); ) {
      current.serving().check(now, NAMES);
      X509Certificate leaf = current.serving().leaf();
      assertThat(noticed).as("trusted at %s", now).anyMatch(trusted -> signed(trusted, leaf));
      assertThat(noticed).hasSizeLessThanOrEqualTo(3);

      IssuedCertificates before = current;
      current = current.advanced(NAMES, now, LIFETIMES, noticed);
      authorities += current.authority().equals(before.authority()) ? 0 : 1;
      // What is published now is noticed by the time of the next look.
      noticed = before.trusted().equals(current.trusted()) ? noticed : current.trusted();
      now = now.plus(Duration.ofDays(3));
    }
    assertThat(authorities).isBetween(4, 7);
  }

  private static boolean signed(X509Certificate authority, X509Certificate leaf) {
    try {
      leaf.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
