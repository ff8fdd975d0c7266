package dev.comptroller.cli;

import dev.comptroller.core.policy.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Points in time as a command line names them. */
final class Times {
  /** The accepted forms, for help and messages. */
  static final String FORMS =
      "a time such as 2026-11-30T00:00:00Z, or a duration from now such as 720h";

  private Times() {}

  /** Reads a time, in whole seconds as manifests hold them. */
  static Instant parse(String option, String text, Instant now) {
    return instant(option, text, now).truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant instant(String option, String text, Instant now) {
    if (!text.contains("T")) {
      try {
        return now.plus(Durations.parse(text));
      } catch (IllegalArgumentException e) {
        throw new CommandFailure(option, text, FORMS);
      }
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new CommandFailure(option, text, FORMS);
    }
  }
}
