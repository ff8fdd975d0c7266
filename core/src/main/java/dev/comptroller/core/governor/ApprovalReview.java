package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.core.approval.ApprovalStanding;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.signature.Keyrings;
import java.util.List;
import java.util.Optional;

/**
 * Judges approvals when they are applied: one that could never count is refused, so that its author
 * learns of it. Whether one counts is decided again at every plan it is for.
 */
final class ApprovalReview {
  private final Keyrings keyrings;

  ApprovalReview(Keyrings keyrings) {
    this.keyrings = keyrings;
  }

  Decision judge(Hearing hearing) {
    KubernetesObject approval = hearing.review().object().orElseThrow();
    if (isUnchanged(hearing.review().oldObject(), approval)) {
      return Verdict.ALLOWED;
    }
    List<GovernancePolicy> policies = hearing.policies();
    if (policies.isEmpty()) {
      // Approvals may arrive before the policy that trusts their signers.
      return Verdict.warned(Assessment.NONE, List.of(noPolicy(approval.namespace())));
    }
    ApprovalStanding standing =
        ApprovalStanding.of(
            approval,
            policies.stream().map(GovernancePolicy::getSpec).toList(),
            keyrings,
            hearing.cluster().clusterUid(),
            hearing.now());
    // GitOps applies approvals before their time and after it.
    return standing.countsAtSomeTime()
        ? Verdict.warned(Assessment.NONE, standing.problems())
        : Verdict.denied(Assessment.NONE, standing.problems());
  }

  private static boolean isUnchanged(Optional<KubernetesObject> old, KubernetesObject approval) {
    return old.filter(before -> before.spec().equals(approval.spec()))
        .filter(before -> before.annotations().equals(approval.annotations()))
        .isPresent();
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
