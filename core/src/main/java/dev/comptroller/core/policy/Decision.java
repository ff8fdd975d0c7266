package dev.comptroller.core.policy;

import dev.comptroller.core.gpuhours.Explanation;
import java.util.List;

/**
 * The verdict on one review.
 *
 * @param outcome what becomes of the request
 * @param findings why it is denied, held or to be retried; empty when it is allowed
 * @param warnings findings that do not decide: of policies that only warn, or of an unchanged
 *     object that would be refused now
 * @param audits findings of policies that only audit
 * @param assessment what was found out on the way
 */
public record Decision(
    Outcome outcome,
    List<Finding> findings,
    List<Finding> warnings,
    List<Finding> audits,
    Assessment assessment) {

  public Decision {
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
    audits = List.copyOf(audits);
  }

  /** How the GPU-hours came about, line by line; empty where they are not why it was decided so. */
  public List<String> explanation() {
    boolean aboutHours = findings.stream().map(Finding::code).anyMatch(Decision::isAboutHours);
    return aboutHours
        ? assessment.gpuHours().map(hours -> Explanation.lines(hours.terms())).orElseGet(List::of)
        : List.of();
  }

  private static boolean isAboutHours(ReasonCode code) {
    return code == ReasonCode.AboveHighestTier || code == ReasonCode.ApprovalMissing;
  }

  /** What becomes of a request. */
  public enum Outcome {
    /** It may go ahead. */
    ALLOWED,
    /** It may be stored, but nothing may start until approved. */
    HELD,
    /** It is refused. */
    DENIED,
    /** No verdict is possible now: try again in a second. */
    RETRY
  }
}
