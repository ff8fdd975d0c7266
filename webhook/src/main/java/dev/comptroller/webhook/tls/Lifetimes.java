package dev.comptroller.webhook.tls;

import java.time.Duration;
import java.time.Instant;

/**
 * How long our own certificates last.
 *
 * @param authority validity of an authority
 * @param serving validity of a serving certificate
 * @param propagation how long every API server may take to notice a published authority
 */
public record Lifetimes(Duration authority, Duration serving, Duration propagation) {
  private static final Duration SHORTEST = Duration.ofSeconds(30);

  /** A year for the authority, three months for the serving certificate. */
  public static final Lifetimes DEFAULT =
      new Lifetimes(Duration.ofDays(365), Duration.ofDays(90), Duration.ofMinutes(5));

  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);
  private static final int CHECKS = 12;

  /**
   * Lifetimes that leave time to renew.
   *
   * @throws IllegalArgumentException if an authority could not be replaced before it expires, with
   *     what is required
   */
  public Lifetimes {
    if (serving.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "lifetime of the serving certificate: found %s, required at least %s"
              .formatted(serving, SHORTEST));
    }
    if (authority.compareTo(serving) < 0) {
      throw new IllegalArgumentException(
          "lifetime of the authority: found %s, required at least that of the serving certificate, %s"
              .formatted(authority, serving));
    }
    if (propagation.isNegative() || propagation.compareTo(authority.dividedBy(6)) > 0) {
      throw new IllegalArgumentException(
          "propagation: found %s, required at most a sixth of the lifetime of the authority, %s"
              .formatted(propagation, authority.dividedBy(6)));
    }
  }

  /** How often to look whether anything is due: often enough to renew in the time that is left. */
  public Duration checkInterval() {
    Duration often = serving.dividedBy(CHECKS);
    return often.compareTo(LONGEST_INTERVAL) < 0 ? often : LONGEST_INTERVAL;
  }

  /** Whether the last third of a lifetime has begun. */
  boolean dueForRenewal(Instant created, Instant notAfter, Instant now) {
    Duration third = Duration.between(created, notAfter).dividedBy(3);
    return now.isAfter(notAfter.minus(third));
  }
}
