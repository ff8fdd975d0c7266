package dev.comptroller.cli.output;

import dev.comptroller.core.policy.Finding;
import java.util.List;

/**
 * A finding as programs read it.
 *
 * @param message the sentence that the webhook says, too
 */
public record FindingReport(
    String code, String pointer, String found, String required, String nextStep, String message) {

  /** Findings in their order. */
  public static List<FindingReport> of(List<Finding> findings) {
    return findings.stream()
        .map(
            finding ->
                new FindingReport(
                    finding.code().name(),
                    finding.pointer(),
                    finding.found(),
                    finding.required(),
                    finding.nextStep(),
                    finding.message()))
        .toList();
  }
}
