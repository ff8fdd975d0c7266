package dev.comptroller.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.Rule;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.policy.RuleEvaluator;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of the policies that are there at the start. To compile one takes most of a second,
 * which no review should wait for.
 */
final class PreparedRules {
  private static final Logger LOG = LoggerFactory.getLogger(PreparedRules.class);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Rule ANY_RULE =
      new Rule("warm-up", "package comptroller\n\ndefault allow := true\n");

  private final BooleanSupplier known;
  private final Supplier<List<GovernancePolicy>> policies;
  private final RuleEvaluator rules;
  private volatile boolean prepared;

  /**
   * @param known whether all policies are there to be read
   */
  PreparedRules(
      BooleanSupplier known, Supplier<List<GovernancePolicy>> policies, RuleEvaluator rules) {
    this.known = known;
    this.policies = policies;
    this.rules = rules;
  }

  /** Whether every rule that was there at the start can be asked at once. */
  boolean prepared() {
    return prepared;
  }

  /**
   * Compiles them as soon as they are known. A rule that cannot be compiled will deny with a reason
   * of its own; everything else works without it.
   */
  void prepare() throws InterruptedException {
    while (!known.getAsBoolean()) {
      Thread.sleep(PAUSE);
    }
    List<Rule> found = found();
    for (Rule rule : found) {
      List<String> problems = rules.problems(rule);
      if (!problems.isEmpty()) {
        LOG.error("event=rule-unusable rule={} problems=\"{}\"", rule.name(), problems);
      }
    }
    prepared = true;
    if (found.isEmpty()) {
      warmUp();
    }
  }

  private List<Rule> found() {
    try {
      return policies.get().stream()
          .flatMap(policy -> policy.getSpec().rules().stream())
          .distinct()
          .toList();
    } catch (InvalidFieldException e) {
      LOG.error("event=policies-unusable reason=\"{}\"", e.problem());
      return List.of();
    }
  }

  /** The first rule of a process takes longest, and the first policy with one may come any time. */
  private void warmUp() {
    RuleEvaluator.Answer answer = rules.evaluate(ANY_RULE, JsonNodeFactory.instance.objectNode());
    if (!(answer instanceof RuleEvaluator.Answer.Allowed)) {
      LOG.error("event=rules-unusable answer=\"{}\"", answer);
    }
  }
}
