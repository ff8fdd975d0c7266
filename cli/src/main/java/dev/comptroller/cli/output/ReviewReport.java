package dev.comptroller.cli.output;

import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts as the webhook would give them.
 *
 * @param reviews one entry an object, in the order of the files
 */
public record ReviewReport(List<Review> reviews) implements Report {

  /**
   * One verdict.
   *
   * @param findings why it is denied, held or not decided
   * @param warnings what does not decide
   * @param audits what policies that only audit would say
   */
  public record Review(
      ObjectReport object,
      Outcome outcome,
      List<FindingReport> findings,
      List<FindingReport> warnings,
      List<FindingReport> audits,
      @Nullable String planDigest,
      @Nullable GpuHoursReport gpuHours,
      @Nullable String tier,
      List<String> signedBy,
      List<String> approvedBy) {

    /** The report of a decision. */
    public static Review of(ObjectKey key, Decision decision) {
      var assessment = decision.assessment();
      return new Review(
          ObjectReport.of(key),
          decision.outcome(),
          FindingReport.of(decision.findings()),
          FindingReport.of(decision.warnings()),
          FindingReport.of(decision.audits()),
          assessment.planDigest().map(Object::toString).orElse(null),
          assessment.gpuHours().map(GpuHoursReport::of).orElse(null),
          assessment.tier().orElse(null),
          assessment.signedBy(),
          assessment.approvedBy());
    }

    private String text() {
      return object
          + ": "
          + outcome.name().toLowerCase(Locale.ROOT)
          + "\n"
          + lines("", findings)
          + lines("warning: ", warnings)
          + lines("audit: ", audits);
    }

    private static String lines(String label, List<FindingReport> findings) {
      return findings.stream()
          .map(finding -> "  " + label + finding.message() + "\n")
          .collect(Collectors.joining());
    }
  }

  /** Whether the webhook would refuse any of the objects. */
  public boolean denied() {
    return any(Outcome.DENIED);
  }

  /** Whether there is no verdict on some object. */
  public boolean undecided() {
    return any(Outcome.RETRY);
  }

  private boolean any(Outcome outcome) {
    return reviews.stream().anyMatch(review -> review.outcome() == outcome);
  }

  @Override
  public String text() {
    return reviews.stream().map(Review::text).collect(Collectors.joining());
  }
}
