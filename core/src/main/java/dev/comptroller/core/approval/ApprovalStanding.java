package dev.comptroller.core.approval;

import dev.comptroller.api.v1alpha1.ApprovalRequirement;
import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import dev.comptroller.api.v1alpha1.Tier;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.signature.Keyrings;
import dev.comptroller.core.signature.SignatureVerdict;
import dev.comptroller.core.signature.Signer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How an approval stands by itself. Whether it fits a plan is for {@link Quorum}.
 *
 * @param validity whether it holds here and now, whoever signed it
 * @param approvers persons who may approve under some policy and signed it, sorted
 * @param problems why it does not count now, each with its line; empty when it does
 * @param nextChange when its validity changes next; empty if it never will
 */
public record ApprovalStanding(
    ApprovalValidity validity,
    List<String> approvers,
    List<Finding> problems,
    Optional<Instant> nextChange) {
  public ApprovalStanding {
    approvers = List.copyOf(approvers);
    problems = List.copyOf(problems);
  }

  /**
   * How an approval stands under the policies that govern its namespace. One whose approvers signed
   * it is enough: it says nothing about plans under the others.
   *
   * @param clusterUid UID of the namespace kube-system
   */
  public static ApprovalStanding of(
      KubernetesObject approval,
      List<GovernancePolicySpec> policies,
      Keyrings keyrings,
      String clusterUid,
      Instant now) {
    List<Finding> problems = new ArrayList<>();
    NavigableSet<String> approvers = new TreeSet<>();
    ApprovalValidity validity = ApprovalValidity.UNREADABLE;
    Optional<Instant> nextChange = Optional.empty();
    try {
      ApprovalTerms terms = ApprovalTerms.read(approval);
      validity = terms.validity(clusterUid, now);
      nextChange = terms.nextChange(now);
      terms.outside(clusterUid, now).ifPresent(problems::add);
    } catch (InvalidFieldException e) {
      problems.add(ApprovalTerms.unreadable(e));
    }
    Set<Finding> unsigned = new LinkedHashSet<>();
    boolean signed = policies.isEmpty();
    for (GovernancePolicySpec policy : policies) {
      SignatureVerdict signatures =
          new ApprovalExaminer(keyrings.of(policy), approvingAuthorities(policy), clusterUid, now)
              .signatures(approval);
      signatures.signers().stream().map(Signer::person).forEach(approvers::add);
      signed |= signatures.met();
      unsigned.addAll(signatures.findings());
    }
    if (!signed) {
      problems.addAll(unsigned);
    }
    return new ApprovalStanding(validity, List.copyOf(approvers), problems, nextChange);
  }

  /** Whether it counts now, has counted or will, so that it may be stored. */
  public boolean countsAtSomeTime() {
    return problems.stream().allMatch(finding -> finding.code() == ReasonCode.ApprovalExpired);
  }

  private static List<String> approvingAuthorities(GovernancePolicySpec policy) {
    return policy.compute().tiers().stream()
        .map(Tier::approvals)
        .flatMap(Stream::ofNullable)
        .map(ApprovalRequirement::authorities)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }
}
