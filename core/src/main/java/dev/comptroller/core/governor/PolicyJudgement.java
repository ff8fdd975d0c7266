package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.Enforcement;
import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.Tier;
import dev.comptroller.api.v1alpha1.WhenUnapproved;
import dev.comptroller.core.policy.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What one policy says about one plan.
 *
 * @param findings all that is wrong, except for approvals
 * @param approvalFindings which approvals are missing and why
 * @param tier the tier it falls into
 * @param signedBy persons whose signatures count
 * @param approvedBy persons whose approvals count
 */
record PolicyJudgement(
    GovernancePolicy policy,
    List<Finding> findings,
    List<Finding> approvalFindings,
    Optional<Tier> tier,
    List<String> signedBy,
    List<String> approvedBy) {

  /** A judgement of nothing but findings. */
  static PolicyJudgement of(GovernancePolicy policy, List<Finding> findings) {
    return new PolicyJudgement(policy, findings, List.of(), Optional.empty(), List.of(), List.of());
  }

  /** What becomes of the findings; a policy that does not say enforces. */
  Enforcement enforcement() {
    Enforcement enforcement = policy.getSpec().enforcement();
    return enforcement == null ? Enforcement.Enforce : enforcement;
  }

  /** Whether what lacks approval may be stored, to wait for it. */
  boolean holds() {
    return policy.getSpec().compute().whenUnapproved() == WhenUnapproved.Hold;
  }
}
