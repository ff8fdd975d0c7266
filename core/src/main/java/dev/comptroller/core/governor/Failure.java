package dev.comptroller.core.governor;

import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;

/** Something unexpected while judging, which denies. */
final class Failure {

  private Failure() {}

  /** Names the error and nothing of the object that brought it about. */
  static Finding finding(Throwable error) {
    StackTraceElement[] trace = error.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    return new Finding(
        ReasonCode.EvaluationFailed,
        "",
        error.getClass().getSimpleName() + where,
        "an evaluation without errors",
        "report this to the maintainers of Comptroller with the object that caused it");
  }
}
