package dev.comptroller.core.approval;

import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.signature.Keyring;
import dev.comptroller.core.signature.ObjectSignatures;
import dev.comptroller.core.signature.SignatureVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Examines single approvals; findings point into the approval.
 *
 * @param authorities names of the authorities whose persons may approve
 * @param clusterUid UID of the namespace kube-system
 */
record ApprovalExaminer(Keyring keyring, List<String> authorities, String clusterUid, Instant now) {

  /** Why an approval does not cover a plan. */
  Optional<Finding> uncovered(ApprovalTerms terms, Digest planDigest, Amount needed) {
    if (!terms.planDigest().equals(planDigest)) {
      return ApprovalTerms.problem(
          ReasonCode.ApprovalMismatch,
          "/spec/subject/planDigest",
          terms.planDigest().value(),
          planDigest.value());
    }
    if (!terms.limit().covers(needed)) {
      return ApprovalTerms.problem(
          ReasonCode.ApprovalMismatch,
          "/spec/gpuHours",
          terms.limit().toGpuHours(),
          "at least " + needed.toGpuHours() + " in every single approval");
    }
    return Optional.empty();
  }

  /** Who signed an approval. */
  SignatureVerdict signatures(KubernetesObject approval) {
    try {
      return ObjectSignatures.verify(
          approval, NormalForm.of(approval), keyring, authorities, 1, clusterUid, now);
    } catch (InvalidFieldException e) {
      return new SignatureVerdict(
          List.of(),
          List.of(
              new Finding(ReasonCode.ApprovalInvalid, e.pointer(), e.found(), e.required(), "")));
    }
  }
}
