package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.Rule;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.policy.RuleEvaluator.Answer;
import java.util.Optional;

/** What a rule's answer means: everything but true denies, each in its own words. */
final class RuleFinding {
  private static final String REQUIRED = "data.comptroller.allow to be true";

  private RuleFinding() {}

  static Optional<Finding> of(Rule rule, Answer answer) {
    return switch (answer) {
      case Answer.Allowed allowed -> Optional.empty();
      case Answer.Denied(var messages) ->
          finding(
              rule,
              ReasonCode.RuleDenied,
              messages.isEmpty() ? "false" : String.join("; ", messages));
      case Answer.Undefined undefined -> finding(rule, ReasonCode.RuleUndefined, "no answer");
      case Answer.NotBoolean(String found) -> finding(rule, ReasonCode.RuleNotBoolean, found);
      case Answer.Failed(String reason) -> finding(rule, ReasonCode.RuleFailed, reason);
      case Answer.TimedOut(long milliseconds) ->
          finding(rule, ReasonCode.RuleTimedOut, "no answer within " + milliseconds + " ms");
    };
  }

  private static Optional<Finding> finding(Rule rule, ReasonCode code, String found) {
    return Optional.of(
        new Finding(code, "", "rule " + rule.name() + ": " + found, REQUIRED, nextStep(code)));
  }

  private static String nextStep(ReasonCode code) {
    return code == ReasonCode.RuleDenied
        ? "change the object as the rule says"
        : "ask the owner of the policy to mend the rule";
  }
}
