package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.PolicyProblems;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.policy.RuleEvaluator;
import java.util.List;

/** Judges policies before they judge anything. */
final class PolicyReview {
  private final RuleEvaluator rules;

  PolicyReview(RuleEvaluator rules) {
    this.rules = rules;
  }

  Decision judge(Hearing hearing) {
    Review review = hearing.review();
    KubernetesObject policy = review.object().orElseThrow();
    boolean sameSpec =
        review.oldObject().filter(old -> old.spec().equals(policy.spec())).isPresent();
    if (sameSpec) {
      return Verdict.ALLOWED;
    }
    List<Finding> problems = problems(policy);
    return problems.isEmpty() ? Verdict.ALLOWED : Verdict.denied(Assessment.NONE, problems);
  }

  /**
   * Whoever may delete policies may delete the last one: refusing it would be no protection, since
   * the same person may empty it. What follows is said.
   */
  Decision judgeDeletion(Hearing hearing) {
    String name = hearing.review().target().name();
    List<GovernancePolicy> others =
        hearing.cluster().policies().stream()
            .filter(policy -> !policy.getMetadata().getName().equals(name))
            .toList();
    return others.isEmpty()
        ? Verdict.warned(
            Assessment.NONE,
            List.of(
                new Finding(
                    ReasonCode.NoPolicy,
                    "",
                    "the deletion of the last GovernancePolicy",
                    "a policy for every namespace that may use accelerators",
                    "apply another policy: until then TrainingRuns and ModelDeployments are"
                        + " refused everywhere, and other accelerator workloads are not governed")))
        : Verdict.ALLOWED;
  }

  private List<Finding> problems(KubernetesObject policy) {
    try {
      return PolicyProblems.of(KindReader.STRICT.spec(policy, GovernancePolicySpec.class), rules);
    } catch (InvalidFieldException e) {
      return List.of(
          new Finding(ReasonCode.InvalidPolicy, e.pointer(), e.found(), e.required(), ""));
    }
  }
}
