package dev.comptroller.core.governor;

import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import java.util.Arrays;

/** Something unexpected while judging, which denies. */
final class Failure {

  private static final String OWN_CODE = "dev.comptroller.";

  private Failure() {}

  /** Names the error and nothing of the object that brought it about. */
  static Finding finding(Throwable error) {
    String where =
        Arrays.stream(error.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith(OWN_CODE))
            .findFirst()
            .map(frame -> " at " + frame)
            .orElse("");
    return new Finding(
        ReasonCode.EvaluationFailed,
        "",
        error.getClass().getSimpleName() + where,
        "an evaluation without errors",
        "report this to the maintainers of Comptroller with the object that caused it");
  }
}
