package dev.comptroller.core.approval;

import dev.comptroller.core.policy.Finding;
import java.util.List;

/**
 * Whether enough persons approved a plan.
 *
 * @param approvers persons whose approvals count, sorted; present even if there are too few
 * @param findings why the requirement is not met: first what is missing, then every rejected
 *     approval for this subject; empty when it is met
 */
public record ApprovalVerdict(List<String> approvers, List<Finding> findings) {
  public ApprovalVerdict {
    approvers = List.copyOf(approvers);
    findings = List.copyOf(findings);
  }

  /** Whether enough persons approved. */
  public boolean met() {
    return findings.isEmpty();
  }
}
