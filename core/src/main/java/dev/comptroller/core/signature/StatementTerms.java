package dev.comptroller.core.signature;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Under which terms a signature holds.
 *
 * @param notBefore from when on, this instant included; empty means always
 * @param expires until when, this instant excluded; empty means for ever
 * @param revision position in the sequence of an object's signed versions, from 0 to 2^53 - 1
 * @param cluster UID of the only cluster it holds in; empty means every cluster
 */
public record StatementTerms(
    Optional<Instant> notBefore,
    Optional<Instant> expires,
    OptionalLong revision,
    Optional<String> cluster) {
  /** No restriction in time or place. */
  public static final StatementTerms UNLIMITED =
      new StatementTerms(
          Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());
}
