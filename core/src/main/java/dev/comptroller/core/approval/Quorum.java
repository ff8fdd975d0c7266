package dev.comptroller.core.approval;

import dev.comptroller.api.v1alpha1.ApprovalRequirement;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.NextStep;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.signature.Keyring;
import dev.comptroller.core.signature.SignatureVerdict;
import dev.comptroller.core.signature.Signer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether enough persons approved a plan. An approval counts for everyone who signed it, each
 * person once; its order among the others, and others that do not count, change nothing.
 */
public final class Quorum {
  private final KubernetesObject subject;
  private final Digest planDigest;
  private final Amount needed;
  private final Set<String> planSigners;
  private final ApprovalExaminer examiner;
  private final SortedMap<String, Signer> approvers = new TreeMap<>();
  private final List<Finding> rejected = new ArrayList<>();

  private Quorum(
      KubernetesObject subject,
      Digest planDigest,
      Amount needed,
      Set<String> planSigners,
      ApprovalExaminer examiner) {
    this.subject = subject;
    this.planDigest = planDigest;
    this.needed = needed;
    this.planSigners = planSigners;
    this.examiner = examiner;
  }

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
    Quorum quorum =
        new Quorum(
            subject,
            planDigest,
            needed,
            planSigners,
            new ApprovalExaminer(keyring, requirement.authorities(), clusterUid, now));
    approvals.forEach(quorum::examine);
    return quorum.verdict(requirement);
  }

  private void examine(KubernetesObject approval) {
    if (!mentionsSubject(approval)) {
      return;
    }
    try {
      ApprovalTerms terms = ApprovalTerms.read(approval);
      Optional<Finding> mismatch =
          examiner
              .uncovered(terms, planDigest, needed)
              .or(() -> terms.outside(examiner.clusterUid(), examiner.now()));
      mismatch.ifPresentOrElse(finding -> reject(approval, finding), () -> count(approval));
    } catch (InvalidFieldException e) {
      reject(approval, ApprovalTerms.unreadable(e));
    }
  }

  /** Approvals of other subjects are none of ours, not even to complain about. */
  private boolean mentionsSubject(KubernetesObject approval) {
    var named = approval.spec().path("subject");
    return approval.namespace().equals(subject.namespace())
        && named.path("kind").asText().equals(subject.kind())
        && named.path("name").asText().equals(subject.name());
  }

  private void count(KubernetesObject approval) {
    SignatureVerdict signatures = examiner.signatures(approval);
    signatures.findings().forEach(finding -> reject(approval, asApproval(finding)));
    for (Signer signer : signatures.signers()) {
      if (planSigners.contains(signer.person())) {
        reject(
            approval,
            new Finding(
                ReasonCode.SelfApproval,
                "",
                "signed by " + signer.person() + ", who signed the plan",
                "another person",
                "have somebody else approve"));
      } else {
        approvers.putIfAbsent(signer.person(), signer);
      }
    }
  }

  private void reject(KubernetesObject approval, Finding finding) {
    rejected.add(
        new Finding(
            finding.code(),
            "",
            "Approval "
                + approval.name()
                + (finding.pointer().isEmpty() ? "" : " " + finding.pointer())
                + ": "
                + finding.found(),
            finding.required(),
            finding.nextStep()));
  }

  private ApprovalVerdict verdict(ApprovalRequirement requirement) {
    List<String> persons = List.copyOf(approvers.keySet());
    boolean byOrganization = Boolean.TRUE.equals(requirement.distinctOrganizations());
    long counted =
        byOrganization
            ? approvers.values().stream()
                .map(Signer::organization)
                .filter(organization -> !organization.isEmpty())
                .distinct()
                .count()
            : persons.size();
    if (counted >= requirement.count()) {
      return new ApprovalVerdict(persons, List.of());
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(missing(requirement, counted, byOrganization, persons));
    findings.addAll(rejected);
    return new ApprovalVerdict(persons, findings);
  }

  private Finding missing(
      ApprovalRequirement requirement, long counted, boolean byOrganization, List<String> persons) {
    String unit = byOrganization ? " organization(s)" : " person(s)";
    return new Finding(
        ReasonCode.ApprovalMissing,
        "",
        "approvals of "
            + counted
            + unit
            + (persons.isEmpty() ? "" : " (" + String.join(", ", persons) + ")"),
        "of "
            + requirement.count()
            + unit
            + " of "
            + String.join(", ", requirement.authorities())
            + ", each for "
            + needed.toGpuHours()
            + " GPU-hours and plan "
            + planDigest,
        NextStep.approve(subject.key(), planDigest, needed, examiner.clusterUid()));
  }

  /** Problems of an approval's own signature, told apart from those of the plan's. */
  private static Finding asApproval(Finding finding) {
    ReasonCode code =
        switch (finding.code()) {
          case SignatureExpired -> ReasonCode.ApprovalExpired;
          case Unsigned, SignatureInvalid, SignerNotTrusted -> ReasonCode.ApprovalInvalid;
          default -> finding.code();
        };
    return new Finding(
        code, finding.pointer(), finding.found(), finding.required(), finding.nextStep());
  }
}
