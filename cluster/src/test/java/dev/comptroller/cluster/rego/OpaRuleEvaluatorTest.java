package dev.comptroller.cluster.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comptroller.api.v1alpha1.Rule;
import dev.comptroller.core.policy.RuleEvaluator.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class OpaRuleEvaluatorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OpaRuleEvaluator RULES = new OpaRuleEvaluator(Optional.empty());

  @BeforeAll
  static void needs_the_opa_program() {
    boolean runs =
        RULES.problems(new Rule("probe", "package comptroller\nallow := true\n")).isEmpty();
    assumeTrue(
        runs || System.getenv("CI") != null,
        "no opa program: set OPA to one, as `hack/control-plane tool opa` prints it");
  }

  @Test
  void only_rules_that_are_kept_are_held_and_others_can_still_be_asked() {
    OpaRuleEvaluator rules = new OpaRuleEvaluator(Optional.empty());
    Rule kept = new Rule("kept", "package comptroller\nallow := true\n");
    Rule other = new Rule("other", "package comptroller\nallow := false\n");
    rules.problems(kept);
    rules.problems(other);
    assertThat(rules.held()).isEqualTo(2);

    rules.keepOnly(List.of(kept));

    assertThat(rules.held()).isEqualTo(1);
    assertThat(rules.evaluate(other, JSON.createObjectNode()))
        .isEqualTo(new Answer.Denied(List.of()));
  }

  @Test
  void a_rule_that_is_true_allows() {
    assertThat(answer("allow if input.tier == \"small\"", "{\"tier\": \"small\"}"))
        .isEqualTo(new Answer.Allowed());
  }

  @Test
  void a_rule_that_is_false_denies_with_its_own_messages() {
    String rego =
        """
        default allow := false
        allow if count(deny) == 0
        deny contains sprintf("region %s is not in the EU", [input.region]) if {
          not startswith(input.region, "eu-")
        }
        """;
    assertThat(answer(rego, "{\"region\": \"us-1\"}"))
        .isEqualTo(new Answer.Denied(List.of("region us-1 is not in the EU")));
    assertThat(answer(rego, "{\"region\": \"eu-1\"}")).isEqualTo(new Answer.Allowed());
  }

  @Test
  void a_rule_without_messages_denies_without_messages() {
    assertThat(answer("default allow := false", "{}")).isEqualTo(new Answer.Denied(List.of()));
  }

  @Test
  void text_beyond_ascii_is_read_as_it_was_written() {
    assertThat(answer("allow if input.owner == \"Zoë 東京 🚀\"", "{\"owner\": \"Zoë 東京 🚀\"}"))
        .isEqualTo(new Answer.Allowed());
  }

  @Test
  void a_rule_that_says_nothing_is_undefined() {
    assertThat(answer("allow if input.absent", "{}")).isEqualTo(new Answer.Undefined());
  }

  @Test
  void an_answer_that_is_not_boolean_is_named() {
    assertThat(answer("allow := \"yes\"", "{}")).isEqualTo(new Answer.NotBoolean("string"));
    assertThat(answer("allow := {\"ok\": true}", "{}")).isEqualTo(new Answer.NotBoolean("object"));
  }

  @Test
  void two_answers_at_once_fail() {
    assertThat(answer("allow := input.a\nallow := input.b", "{\"a\": true, \"b\": false}"))
        .isInstanceOf(Answer.Failed.class);
  }

  @Test
  void a_rule_that_never_ends_is_stopped_and_the_next_evaluation_works() {
    String rego =
        """
        allow if {
          some a in numbers.range(1, input.n)
          some b in numbers.range(1, input.n)
          some c in numbers.range(1, input.n)
          a * b * c == -1
        }
        allow if input.n == 1
        """;
    assertThat(answer(rego, "{\"n\": 3000}")).isInstanceOf(Answer.TimedOut.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(answer(rego, "{\"n\": 1}")).isEqualTo(new Answer.Allowed());
  }

  @Test
  void a_rule_that_fills_the_memory_fails_and_the_next_evaluation_works() {
    String rego =
        """
        allow if count([x | some a in numbers.range(1, input.n); x := [a, a, a, a]]) >= 1
        """;
    assertThat(answer(rego, "{\"n\": 100000000}"))
        .isInstanceOfAny(Answer.Failed.class, Answer.TimedOut.class);
    assertThat(answer(rego, "{\"n\": 2}")).isEqualTo(new Answer.Allowed());
  }

  @Test
  void the_network_the_clock_and_the_process_are_out_of_reach() {
    for (String call :
        List.of(
            "http.send({\"method\": \"get\", \"url\": \"http://169.254.169.254\"})",
            "opa.runtime()",
            "time.now_ns() > 0",
            "rand.intn(\"x\", 2) == 1",
            "net.lookup_ip_addr(\"example.com\")")) {
      Rule rule = rule("allow if " + call);
      assertThat(RULES.problems(rule)).as(call).hasSize(1).first().asString().contains("line 3");
      assertThat(RULES.evaluate(rule, JSON.createObjectNode()))
          .as(call)
          .isInstanceOf(Answer.Failed.class);
    }
  }

  @Test
  void a_built_in_that_this_process_lacks_is_refused_when_the_policy_is_applied() {
    assertThat(RULES.problems(rule("allow if crypto.sha256(\"a\") == \"b\"")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("line 3: undefined function crypto.sha256");
  }

  @Test
  void a_syntax_error_names_its_line() {
    assertThat(RULES.problems(rule("allow if {\n  input.x ==\n}")))
        .isNotEmpty()
        .allMatch(problem -> problem.matches("(?s)line [345]: .*"));
  }

  @Test
  void a_rule_in_another_package_is_refused() {
    assertThat(RULES.problems(new Rule("r", "package elsewhere\nallow := true\n")))
        .containsExactly("line 1: the rule has to define data.comptroller.allow");
  }

  @Test
  void without_the_program_nothing_is_allowed_and_the_reason_is_said() {
    OpaRuleEvaluator without = new OpaRuleEvaluator(Optional.of("/nonexistent/opa"));
    Rule rule = rule("allow := true");
    assertThat(without.problems(rule)).first().asString().contains("cannot run /nonexistent/opa");
    assertThat(without.evaluate(rule, JSON.createObjectNode())).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void many_threads_get_their_own_answers() throws Exception {
    Rule rule = rule("allow if input.n % 2 == 0\ndefault allow := false");
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int n = 0; n < 400; n++) {
        JsonNode input = JSON.createObjectNode().put("n", n);
        answers.add(threads.submit(() -> RULES.evaluate(rule, input)));
      }
      for (int n = 0; n < answers.size(); n++) {
        assertThat(answers.get(n).get())
            .isEqualTo(n % 2 == 0 ? new Answer.Allowed() : new Answer.Denied(List.of()));
      }
    }
  }

  private static Answer answer(String rego, String input) {
    try {
      return RULES.evaluate(rule(rego), JSON.readTree(input));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(input, e);
    }
  }

  private static Rule rule(String body) {
    return new Rule("rule", "package comptroller\n\n" + body + "\n");
  }
}
