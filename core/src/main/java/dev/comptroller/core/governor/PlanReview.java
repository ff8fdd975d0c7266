package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import dev.comptroller.api.v1alpha1.Rule;
import dev.comptroller.api.v1alpha1.SignatureRequirement;
import dev.comptroller.api.v1alpha1.Tier;
import dev.comptroller.core.approval.ApprovalVerdict;
import dev.comptroller.core.approval.Quorum;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Durations;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.policy.RuleEvaluator;
import dev.comptroller.core.policy.Tiers;
import dev.comptroller.core.signature.Keyring;
import dev.comptroller.core.signature.Keyrings;
import dev.comptroller.core.signature.ObjectSignatures;
import dev.comptroller.core.signature.SignatureVerdict;
import dev.comptroller.core.signature.Signer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges an object that stands for a plan of its own: by every policy, all that is wrong at once.
 */
final class PlanReview {
  private final RuleEvaluator rules;
  private final Ungoverned ungoverned;
  private final Keyrings keyrings;

  PlanReview(RuleEvaluator rules, Ungoverned ungoverned, Keyrings keyrings) {
    this.rules = rules;
    this.ungoverned = ungoverned;
    this.keyrings = keyrings;
  }

  Decision judge(Hearing hearing, Plan plan) {
    List<GovernancePolicy> policies = hearing.policies();
    NormalForm form;
    try {
      form = NormalForm.of(plan.object());
    } catch (InvalidFieldException e) {
      Finding finding =
          new Finding(ReasonCode.InvalidObject, e.pointer(), e.found(), e.required(), "");
      return plan.isOwnKind() ? Verdict.denied(finding) : Verdict.under(policies, finding);
    }
    Digest digest = form.digest();
    List<PolicyJudgement> judgements =
        policies.stream().map(policy -> judge(hearing, plan, form, digest, policy)).toList();
    var assessment = Verdict.assessment(Optional.of(digest), plan.gpuHours(), judgements);
    if (!policies.isEmpty()) {
      return Verdict.of(judgements, plan.isOwnKind(), assessment);
    }
    List<Finding> none = List.of(noPolicy(plan.object().namespace()));
    return plan.isOwnKind() || ungoverned == Ungoverned.Refuse
        ? Verdict.denied(assessment, none)
        : Verdict.warned(assessment, none);
  }

  private static Finding noPolicy(String namespace) {
    return new Finding(
        ReasonCode.NoPolicy,
        "/metadata/namespace",
        "no GovernancePolicy that includes the namespace " + namespace,
        "at least one",
        "ask a cluster admin to add the namespace to spec.namespaces.include of a policy");
  }

  private PolicyJudgement judge(
      Hearing hearing, Plan plan, NormalForm form, Digest digest, GovernancePolicy policy) {
    GovernancePolicySpec spec = policy.getSpec();
    Keyring keyring = keyrings.of(spec);
    SignatureVerdict signatures = signatures(hearing, plan, form, spec, keyring);
    List<String> signedBy = signatures.signers().stream().map(Signer::person).toList();
    Optional<Amount> amount =
        plan.gpuHours().flatMap(hours -> hours.over(Durations.servingWindow(spec.compute())));
    Optional<Tiers.Placement> placement = amount.map(needed -> Tiers.place(spec.compute(), needed));
    Optional<Tier> tier =
        placement.flatMap(
            place ->
                place instanceof Tiers.Placement.Within(Tier within)
                    ? Optional.of(within)
                    : Optional.empty());
    ApprovalVerdict approvals =
        approvals(hearing, plan, digest, amount, tier, keyring, Set.copyOf(signedBy));

    List<Finding> findings = new ArrayList<>(signatures.findings());
    findings.addAll(WorkloadFindings.of(plan, hearing.cluster().identities()));
    if (placement.orElse(null) instanceof Tiers.Placement.Outside(Finding outside)) {
      findings.add(outside);
    }
    var input =
        RuleInput.of(
            hearing,
            plan,
            policy.getMetadata().getName(),
            amount,
            tier,
            Optional.of(digest),
            signedBy,
            approvals.approvers());
    for (Rule rule : spec.rules()) {
      RuleFinding.of(rule, rules.evaluate(rule, input)).ifPresent(findings::add);
    }
    return new PolicyJudgement(
        policy, findings, approvals.findings(), tier, signedBy, approvals.approvers());
  }

  private static SignatureVerdict signatures(
      Hearing hearing, Plan plan, NormalForm form, GovernancePolicySpec spec, Keyring keyring) {
    SignatureRequirement required = spec.signing().objects();
    if (required == null) {
      return new SignatureVerdict(List.of(), List.of());
    }
    Integer signers = required.signers();
    return ObjectSignatures.verify(
        plan.object(),
        form,
        keyring,
        required.authorities(),
        signers == null ? 1 : signers,
        hearing.cluster().clusterUid(),
        hearing.now());
  }

  private static ApprovalVerdict approvals(
      Hearing hearing,
      Plan plan,
      Digest digest,
      Optional<Amount> amount,
      Optional<Tier> tier,
      Keyring keyring,
      Set<String> signers) {
    if (amount.isEmpty() || tier.isEmpty() || tier.get().approvals() == null) {
      return new ApprovalVerdict(List.of(), List.of());
    }
    return Quorum.judge(
        plan.object(),
        digest,
        amount.get(),
        tier.get().approvals(),
        hearing.approvals(),
        keyring,
        signers,
        hearing.cluster().clusterUid(),
        hearing.now());
  }
}
