package dev.comptroller.core.approval;

import dev.comptroller.api.v1alpha1.ApprovalRequirement;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.signature.Keyring;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Whether enough persons approved a plan. */
public final class Quorum {

  private Quorum() {}

  /**
   * Judges all approvals of the subject's namespace.
   *
   * @param subject the object whose plan needs approval
   * @param planDigest digest of its normal form
   * @param needed what every single approval must cover; amounts are never added up
   * @param planSigners persons who signed the plan: they are no approvers of it
   * @param clusterUid UID of the namespace kube-system
   */
  public static ApprovalVerdict judge(
      KubernetesObject subject,
      Digest planDigest,
      Amount needed,
      ApprovalRequirement requirement,
      List<KubernetesObject> approvals,
      Keyring keyring,
      Set<String> planSigners,
      String clusterUid,
      Instant now) {
    return new ApprovalVerdict(
        List.of(),
        List.of(
            new Finding(
                ReasonCode.ApprovalMissing,
                "",
                "0 approvals",
                requirement.count() + " approvals",
                "kubectl-comptroller approve")));
  }
}
