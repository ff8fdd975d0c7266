package dev.comptroller.cluster.rego;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.Rule;
import dev.comptroller.cluster.InformerClusterView;
import dev.comptroller.core.policy.RuleEvaluator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rules of a cluster's policies compiled, and forgets others whenever policies change. To
 * compile one takes most of a second, which no review should wait for, and each takes megabytes for
 * as long as it is held.
 */
public final class PreparedRules implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PreparedRules.class);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Rule ANY_RULE =
      new Rule("warm-up", "package comptroller\n\ndefault allow := true\n");

  private final BooleanSupplier known;
  private final Supplier<List<GovernancePolicy>> policies;
  private final RuleEvaluator rules;
  private final Semaphore changes = new Semaphore(0);
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

  /**
   * Starts to keep the rules of this cluster's policies compiled, for as long as the process runs.
   */
  public static PreparedRules start(InformerClusterView cluster, RuleEvaluator rules) {
    PreparedRules prepared = new PreparedRules(cluster::policiesKnown, cluster::policies, rules);
    cluster.onPolicyChange(prepared::policiesChanged);
    Thread.ofPlatform().daemon().name("rules").start(prepared);
    return prepared;
  }

  /** Whether every rule that was there at the start can be asked at once. */
  public boolean prepared() {
    return prepared;
  }

  /** A policy was added, changed or deleted. */
  void policiesChanged() {
    changes.release();
  }

  /**
   * Compiles rules as soon as they are known, and again after each change, until it is interrupted.
   * A rule that cannot be compiled will deny with a reason of its own; everything else works
   * without it.
   */
  @Override
  public void run() {
    try {
      while (!known.getAsBoolean()) {
        Thread.sleep(PAUSE);
      }
      boolean compiled = compile();
      prepared = true;
      if (!compiled) {
        warmUp();
        rules.keepOnly(List.of());
      }
      while (true) {
        changes.acquire();
        changes.drainPermits();
        compile();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a rule was compiled. What is held stays as it is while policies cannot be read. */
  private boolean compile() {
    List<Rule> found;
    try {
      found = found();
    } catch (RuntimeException e) {
      LOG.error("event=policies-unusable exception={}", e.getClass().getName());
      return false;
    }
    for (Rule rule : found) {
      List<String> problems = rules.problems(rule);
      if (!problems.isEmpty()) {
        LOG.error("event=rule-unusable rule={} problems=\"{}\"", rule.name(), problems);
      }
    }
    rules.keepOnly(found);
    return !found.isEmpty();
  }

  private List<Rule> found() {
    return policies.get().stream()
        .flatMap(policy -> policy.getSpec().rules().stream())
        .distinct()
        .toList();
  }

  /** The first rule of a process takes longest, and the first policy with one may come any time. */
  private void warmUp() {
    RuleEvaluator.Answer answer = rules.evaluate(ANY_RULE, JsonNodeFactory.instance.objectNode());
    if (!(answer instanceof RuleEvaluator.Answer.Allowed)) {
      LOG.error("event=rules-unusable answer=\"{}\"", answer);
    }
  }
}
