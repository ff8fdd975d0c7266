package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.ApprovalSpec;
import dev.comptroller.api.v1alpha1.Authority;
import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.normalform.NotCanonicalException;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.UnreadableKindException;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.signature.Keyring;
import dev.comptroller.core.signature.ObjectSignatures;
import dev.comptroller.core.signature.SignatureVerdict;
import dev.comptroller.core.signature.Signer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges approvals when they are applied: one that could never count is refused, so that its author
 * learns of it. Whether one counts is decided again at every plan it is for.
 */
final class ApprovalReview {

  private ApprovalReview() {}

  static Decision judge(Hearing hearing) {
    KubernetesObject approval = hearing.review().object().orElseThrow();
    Optional<KubernetesObject> old = hearing.review().oldObject();
    boolean unchanged =
        old.isPresent()
            && old.get().spec().equals(approval.spec())
            && old.get().annotations().equals(approval.annotations());
    if (unchanged || approval.deleting()) {
      return Verdict.ALLOWED;
    }
    try {
      KindReader.STRICT.spec(approval, ApprovalSpec.class);
      return judge(hearing, approval, NormalForm.of(approval));
    } catch (UnreadableKindException e) {
      return Verdict.denied(
          new Finding(ReasonCode.InvalidObject, e.pointer(), e.found(), e.required(), ""));
    } catch (NotCanonicalException e) {
      return Verdict.denied(
          new Finding(ReasonCode.InvalidObject, e.pointer(), e.found(), e.required(), ""));
    }
  }

  private static Decision judge(Hearing hearing, KubernetesObject approval, NormalForm form) {
    List<Finding> findings = new ArrayList<>();
    List<GovernancePolicy> policies = hearing.policies();
    for (GovernancePolicy policy : policies) {
      SignatureVerdict signatures = verify(hearing, approval, form, policy);
      if (signatures.met()) {
        List<String> approvers = signatures.signers().stream().map(Signer::person).toList();
        return Verdict.warned(
            new Assessment(
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(), approvers),
            List.of());
      }
      signatures.findings().stream().filter(f -> !findings.contains(f)).forEach(findings::add);
    }
    return policies.isEmpty()
        ? Verdict.warned(Assessment.NONE, List.of(noPolicy(approval.namespace())))
        : Verdict.denied(Assessment.NONE, findings);
  }

  private static SignatureVerdict verify(
      Hearing hearing, KubernetesObject approval, NormalForm form, GovernancePolicy policy) {
    return ObjectSignatures.verify(
        approval,
        form,
        Keyring.of(policy.getSpec()),
        policy.getSpec().authorities().stream().map(Authority::name).toList(),
        1,
        hearing.cluster().clusterUid(),
        hearing.now());
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
