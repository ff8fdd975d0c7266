package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.Tier;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.gpuhours.GpuHours;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.core.policy.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Adds up what policies say to one decision. */
final class Verdict {
  static final Decision ALLOWED =
      new Decision(Outcome.ALLOWED, List.of(), List.of(), List.of(), Assessment.NONE);

  private Verdict() {}

  /** Refused whatever policies say. */
  static Decision denied(Assessment assessment, List<Finding> findings) {
    return new Decision(Outcome.DENIED, findings, List.of(), List.of(), assessment);
  }

  /** Refused whatever policies say. */
  static Decision denied(Finding finding) {
    return denied(Assessment.NONE, List.of(finding));
  }

  /** Allowed, with something to think about. */
  static Decision warned(Assessment assessment, List<Finding> warnings) {
    return new Decision(Outcome.ALLOWED, List.of(), warnings, List.of(), assessment);
  }

  /** One finding, to which every policy gives its own weight. */
  static Decision under(List<GovernancePolicy> policies, Finding finding) {
    return of(
        policies.stream().map(policy -> PolicyJudgement.of(policy, List.of(finding))).toList(),
        false,
        Assessment.NONE);
  }

  /**
   * The decision that these judgements add up to: each of them must allow.
   *
   * @param mayHold whether the object may be stored while it lacks approvals only
   */
  static Decision of(List<PolicyJudgement> judgements, boolean mayHold, Assessment assessment) {
    Set<Finding> refusals = new LinkedHashSet<>();
    Set<Finding> warnings = new LinkedHashSet<>();
    Set<Finding> audits = new LinkedHashSet<>();
    boolean held = mayHold;
    for (PolicyJudgement judgement : judgements) {
      List<Finding> all = new ArrayList<>(judgement.findings());
      all.addAll(judgement.approvalFindings());
      switch (judgement.enforcement()) {
        case Enforce -> {
          refusals.addAll(all);
          held &= judgement.findings().isEmpty() && (all.isEmpty() || judgement.holds());
        }
        case Warn -> warnings.addAll(all);
        case Audit -> audits.addAll(all);
      }
    }
    Outcome outcome = refusals.isEmpty() ? Outcome.ALLOWED : held ? Outcome.HELD : Outcome.DENIED;
    return new Decision(
        outcome, List.copyOf(refusals), List.copyOf(warnings), List.copyOf(audits), assessment);
  }

  /** What the judgements found out about a plan. */
  static Assessment assessment(
      Optional<Digest> digest, Optional<GpuHours> gpuHours, List<PolicyJudgement> judgements) {
    return new Assessment(
        digest,
        gpuHours,
        judgements.stream()
            .flatMap(judgement -> judgement.tier().stream())
            .max(Comparator.comparing(tier -> Amount.parse(tier.upTo())))
            .map(Tier::name),
        persons(judgements, PolicyJudgement::signedBy),
        persons(judgements, PolicyJudgement::approvedBy));
  }

  /** The same decision as one that lets pass what was there before. */
  static Decision asWarnings(Decision decision) {
    List<Finding> warnings =
        Stream.of(decision.findings(), decision.warnings()).flatMap(List::stream).toList();
    return new Decision(
        Outcome.ALLOWED, List.of(), warnings, decision.audits(), decision.assessment());
  }

  private static List<String> persons(
      Collection<PolicyJudgement> judgements, Function<PolicyJudgement, List<String>> which) {
    return judgements.stream().flatMap(j -> which.apply(j).stream()).distinct().sorted().toList();
  }
}
