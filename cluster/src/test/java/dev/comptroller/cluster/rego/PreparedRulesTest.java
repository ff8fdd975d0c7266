package dev.comptroller.cluster.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.Rule;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.StrictJson;
import dev.comptroller.core.policy.RuleEvaluator;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreparedRulesTest {
  private final Compiler compiler = new Compiler();
  private final AtomicReference<List<GovernancePolicy>> policies = new AtomicReference<>(List.of());
  private final AtomicBoolean known = new AtomicBoolean(true);
  private final AtomicBoolean readable = new AtomicBoolean(true);
  private final AtomicInteger looks = new AtomicInteger();
  private final PreparedRules rules = new PreparedRules(known::get, this::read, compiler);
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(rules);

  @AfterEach
  void end() throws InterruptedException {
    thread.interrupt();
    assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void rules_that_are_there_are_compiled_before_it_is_said_that_they_are() {
    policies.set(List.of(policy("a")));
    AtomicBoolean toldEarly = new AtomicBoolean();
    compiler.whenAsked = () -> toldEarly.set(rules.prepared());

    thread.start();

    await().until(rules::prepared);
    assertThat(compiler.asked).containsExactly("a");
    assertThat(toldEarly).isFalse();
  }

  @Test
  void without_rules_nobody_waits_for_a_compiler_that_warms_up() {
    AtomicBoolean told = new AtomicBoolean();
    compiler.whenAsked = () -> told.set(rules.prepared());

    thread.start();

    await().untilAsserted(() -> assertThat(compiler.asked).containsExactly("warm-up"));
    assertThat(told).isTrue();
  }

  @Test
  void policies_are_waited_for() throws Exception {
    known.set(false);
    policies.set(List.of(policy("a")));
    thread.start();

    Thread.sleep(100);
    assertThat(rules.prepared()).isFalse();
    known.set(true);

    await().until(rules::prepared);
  }

  @Test
  void a_rule_that_cannot_be_compiled_holds_nobody_up() {
    compiler.problems = List.of("line 1: unexpected");
    policies.set(List.of(policy("a"), policy("b")));

    thread.start();

    await().until(rules::prepared);
    assertThat(compiler.asked).containsExactly("a", "b");
  }

  @Test
  void policies_that_cannot_be_read_hold_nobody_up() {
    readable.set(false);

    thread.start();

    await().until(rules::prepared);
  }

  @Test
  void while_policies_cannot_be_read_what_is_compiled_is_kept() {
    policies.set(List.of(policy("a")));
    thread.start();
    await().untilAsserted(() -> assertThat(compiler.kept).containsExactly("a"));
    int before = looks.get();

    readable.set(false);
    rules.policiesChanged();

    await().until(() -> looks.get() > before);
    assertThat(compiler.kept).containsExactly("a");
    readable.set(true);
    policies.set(List.of(policy("b")));
    rules.policiesChanged();
    await().untilAsserted(() -> assertThat(compiler.kept).containsExactly("b"));
  }

  @Test
  void after_a_change_the_new_rules_are_compiled_and_the_old_ones_are_forgotten() {
    policies.set(List.of(policy("a"), policy("b")));
    thread.start();
    await().untilAsserted(() -> assertThat(compiler.kept).containsExactly("a", "b"));

    policies.set(List.of(policy("b"), policy("c")));
    rules.policiesChanged();

    await().untilAsserted(() -> assertThat(compiler.kept).containsExactly("b", "c"));
    assertThat(compiler.asked).contains("c");
  }

  private List<GovernancePolicy> read() {
    assertThat(known).isTrue();
    looks.incrementAndGet();
    if (!readable.get()) {
      throw new InvalidFieldException("/spec", "text", "an object");
    }
    return Objects.requireNonNull(policies.get());
  }

  private static GovernancePolicy policy(String rule) {
    String policy =
        """
        {"apiVersion": "comptroller.dev/v1alpha1", "kind": "GovernancePolicy",
         "metadata": {"name": "default"},
         "spec": {"rules": [{"name": "%s", "rego": "text of %s"}]}}
        """
            .formatted(rule, rule);
    return KindReader.LENIENT.policy(new KubernetesObject(StrictJson.object(policy)));
  }

  private static final class Compiler implements RuleEvaluator {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile List<String> kept = List.of();
    private volatile List<String> problems = List.of();
    private volatile Runnable whenAsked = () -> {};

    @Override
    public List<String> problems(Rule rule) {
      whenAsked.run();
      asked.add(rule.name());
      return problems;
    }

    @Override
    public Answer evaluate(Rule rule, JsonNode input) {
      whenAsked.run();
      asked.add(rule.name());
      return new Answer.Allowed();
    }

    @Override
    public void keepOnly(Collection<Rule> rules) {
      kept = rules.stream().map(Rule::name).toList();
    }
  }
}
