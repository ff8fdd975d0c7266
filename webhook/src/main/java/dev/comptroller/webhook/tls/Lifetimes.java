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
  /** A year for the authority, three months for the serving certificate. */
  public static final Lifetimes DEFAULT =
      new Lifetimes(Duration.ofDays(365), Duration.ofDays(90), Duration.ofMinutes(5));

  /** Whether the last third of a validity has begun. */
  boolean dueForRenewal(Instant notBefore, Instant notAfter, Instant now) {
    Duration third = Duration.between(notBefore, notAfter).dividedBy(3);
    return now.isAfter(notAfter.minus(third));
  }
}
