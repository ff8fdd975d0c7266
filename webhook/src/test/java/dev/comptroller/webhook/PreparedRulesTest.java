package dev.comptroller.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.Rule;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.StrictJson;
import dev.comptroller.core.policy.RuleEvaluator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PreparedRulesTest {
  private final Compiler compiler = new Compiler();

  @Test
  void rules_that_are_there_are_compiled_before_it_is_said_that_they_are() throws Exception {
    PreparedRules rules = new PreparedRules(() -> true, () -> List.of(policy("a")), compiler);
    compiler.whenAsked = () -> assertThat(rules.prepared()).isFalse();

    rules.prepare();

    assertThat(compiler.asked).containsExactly("a");
    assertThat(rules.prepared()).isTrue();
  }

  @Test
  void without_rules_nobody_waits_for_a_compiler_that_warms_up() throws Exception {
    PreparedRules rules = new PreparedRules(() -> true, List::of, compiler);
    compiler.whenAsked = () -> assertThat(rules.prepared()).isTrue();

    rules.prepare();

    assertThat(compiler.asked).containsExactly("warm-up");
  }

  @Test
  void policies_are_waited_for() throws Exception {
    AtomicBoolean known = new AtomicBoolean();
    PreparedRules rules =
        new PreparedRules(
            known::get,
            () -> {
              assertThat(known).isTrue();
              return List.of(policy("a"));
            },
            compiler);
    CountDownLatch done = new CountDownLatch(1);
    Thread preparing =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    rules.prepare();
                    done.countDown();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });

    assertThat(done.await(100, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(rules.prepared()).isFalse();
    known.set(true);

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(rules.prepared()).isTrue();
    assertThat(preparing.join(Duration.ofSeconds(1))).isTrue();
  }

  @Test
  void a_rule_that_cannot_be_compiled_holds_nobody_up() throws Exception {
    compiler.problems = List.of("line 1: unexpected");
    PreparedRules rules =
        new PreparedRules(() -> true, () -> List.of(policy("a"), policy("b")), compiler);

    rules.prepare();

    assertThat(compiler.asked).containsExactly("a", "b");
    assertThat(rules.prepared()).isTrue();
  }

  @Test
  void a_policy_that_cannot_be_read_holds_nobody_up() throws Exception {
    PreparedRules rules =
        new PreparedRules(
            () -> true,
            () -> {
              throw new InvalidFieldException("/spec", "text", "an object");
            },
            compiler);

    rules.prepare();

    assertThat(rules.prepared()).isTrue();
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
    private final List<String> asked = new ArrayList<>();
    private List<String> problems = List.of();
    private Runnable whenAsked = () -> {};

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
  }
}
