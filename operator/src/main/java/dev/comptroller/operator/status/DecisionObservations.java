package dev.comptroller.operator.status;

import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict says, as observations: the same words that the webhook and the command line use.
 */
public final class DecisionObservations {
  private static final Set<ReasonCode> ABOUT_SIGNATURES =
      EnumSet.of(
          ReasonCode.Unsigned,
          ReasonCode.SignatureInvalid,
          ReasonCode.SignerNotTrusted,
          ReasonCode.SignatureExpired);

  private static final Set<ReasonCode> ABOUT_APPROVALS =
      EnumSet.of(
          ReasonCode.ApprovalMissing,
          ReasonCode.ApprovalExpired,
          ReasonCode.ApprovalMismatch,
          ReasonCode.ApprovalInvalid,
          ReasonCode.SelfApproval);

  private DecisionObservations() {}

  /** {@code Admitted}, {@code SignatureVerified} and {@code Approved}. */
  public static List<Observation> of(Decision decision) {
    return List.of(admitted(decision), signatureVerified(decision), approved(decision));
  }

  /** Whether nothing but approvals stands in the way. */
  public static boolean lacksOnlyApprovals(Decision decision) {
    return !decision.findings().isEmpty()
        && decision.findings().stream().map(Finding::code).allMatch(ABOUT_APPROVALS::contains);
  }

  /** All findings of a verdict in one text. */
  public static String text(List<Finding> findings) {
    return findings.stream().map(Finding::message).collect(Collectors.joining("\n"));
  }

  private static Observation admitted(Decision decision) {
    if (decision.outcome() == Outcome.ALLOWED) {
      return Observation.yes(
          "Admitted",
          "Allowed",
          decision.assessment().tier().map(tier -> "tier " + tier).orElse("allowed"));
    }
    return Observation.no("Admitted", reason(decision.findings()), text(decision.findings()));
  }

  /** {@code SignatureVerified} of an object that these persons signed, joined by commas. */
  public static Observation signedBy(@Nullable String signers) {
    return signers == null
        ? Observation.unknown("SignatureVerified", "NotVerified", "no signature was verified")
        : Observation.yes("SignatureVerified", "Verified", "signed by " + listed(signers));
  }

  /** {@code Approved} of an allowed object that these persons approved, joined by commas. */
  public static Observation approvedBy(@Nullable String approvers) {
    return approvers == null
        ? Observation.yes("Approved", "NotNeeded", "the tier needs no approval")
        : Observation.yes("Approved", "Approved", "approved by " + listed(approvers));
  }

  private static Observation signatureVerified(Decision decision) {
    return failed("SignatureVerified", decision, ABOUT_SIGNATURES)
        .orElseGet(() -> signedBy(StatusFields.persons(decision.assessment().signedBy())));
  }

  private static Observation approved(Decision decision) {
    return failed("Approved", decision, ABOUT_APPROVALS)
        .orElseGet(
            () ->
                decision.outcome() == Outcome.ALLOWED
                    ? approvedBy(StatusFields.persons(decision.assessment().approvedBy()))
                    : Observation.unknown("Approved", "NotJudged", "refused for another reason"));
  }

  private static String listed(String persons) {
    return persons.replace(",", ", ");
  }

  private static Optional<Observation> failed(
      String type, Decision decision, Set<ReasonCode> codes) {
    List<Finding> findings =
        decision.findings().stream().filter(finding -> codes.contains(finding.code())).toList();
    return findings.isEmpty()
        ? Optional.empty()
        : Optional.of(Observation.no(type, reason(findings), text(findings)));
  }

  private static String reason(List<Finding> findings) {
    return findings.isEmpty() ? "Refused" : findings.getFirst().code().name();
  }
}
