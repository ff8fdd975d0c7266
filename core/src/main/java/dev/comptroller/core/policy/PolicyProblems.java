package dev.comptroller.core.policy;

import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import dev.comptroller.core.signature.Keyring;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a policy before it judges anything. */
public final class PolicyProblems {

  private PolicyProblems() {}

  /** Every problem with its line; empty for a policy that can be enforced as written. */
  public static List<Finding> of(GovernancePolicySpec policy, RuleEvaluator rules) {
    List<Finding> problems = new ArrayList<>(Keyring.of(policy).problems());
    for (int i = 0; i < policy.rules().size(); i++) {
      for (String problem : rules.problems(policy.rules().get(i))) {
        problems.add(
            new Finding(
                ReasonCode.InvalidPolicy,
                "/spec/rules/" + i + "/rego",
                problem,
                "a rule that compiles",
                ""));
      }
    }
    return List.copyOf(problems);
  }
}
