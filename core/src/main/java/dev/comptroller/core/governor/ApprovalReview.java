package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.core.approval.ApprovalProblems;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.signature.Keyring;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges approvals when they are applied: one that could never count is refused, so that its author
 * learns of it. Whether one counts is decided again at every plan it is for.
 */
final class ApprovalReview {

  private ApprovalReview() {}

  static Decision judge(Hearing hearing) {
    KubernetesObject approval = hearing.review().object().orElseThrow();
    if (isUnchanged(hearing.review().oldObject(), approval)) {
      return Verdict.ALLOWED;
    }
    List<GovernancePolicy> policies = hearing.policies();
    if (policies.isEmpty()) {
      // Approvals may arrive before the policy that trusts their signers.
      return Verdict.warned(Assessment.NONE, List.of(noPolicy(approval.namespace())));
    }
    List<Finding> problems = new ArrayList<>();
    for (GovernancePolicy policy : policies) {
      List<Finding> found = problems(hearing, approval, policy);
      if (found.stream().allMatch(ApprovalReview::isHarmless)) {
        return Verdict.warned(Assessment.NONE, found);
      }
      found.stream().filter(finding -> !problems.contains(finding)).forEach(problems::add);
    }
    return Verdict.denied(Assessment.NONE, problems);
  }

  private static boolean isUnchanged(Optional<KubernetesObject> old, KubernetesObject approval) {
    return old.filter(before -> before.spec().equals(approval.spec()))
        .filter(before -> before.annotations().equals(approval.annotations()))
        .isPresent();
  }

  private static List<Finding> problems(
      Hearing hearing, KubernetesObject approval, GovernancePolicy policy) {
    List<String> authorities =
        policy.getSpec().compute().tiers().stream()
            .map(tier -> tier.approvals())
            .filter(Objects::nonNull)
            .flatMap(required -> required.authorities().stream())
            .distinct()
            .toList();
    return ApprovalProblems.of(
        approval,
        Keyring.of(policy.getSpec()),
        authorities,
        hearing.cluster().clusterUid(),
        hearing.now());
  }

  /** It counts later, or has counted: GitOps applies both. */
  private static boolean isHarmless(Finding finding) {
    return finding.code() == ReasonCode.ApprovalExpired;
  }

  private static Finding noPolicy(String namespace) {
    return new Finding(
        ReasonCode.NoPolicy,
        "/metadata/namespace",
        "no GovernancePolicy that includes the namespace " + namespace,
        "a policy whose authorities hold the approver's key",
        "apply the policy too; the approval counts from then on");
  }
}
