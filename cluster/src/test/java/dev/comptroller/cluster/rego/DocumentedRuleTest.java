package dev.comptroller.cluster.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comptroller.api.v1alpha1.Rule;
import dev.comptroller.core.policy.RuleEvaluator.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rule that the documentation shows. */
final class DocumentedRuleTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "rules.md");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```rego\n(.*?)```");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpaRuleEvaluator rules = new OpaRuleEvaluator(Optional.empty());

  @Test
  void the_documented_rule_does_what_is_said_of_it() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(DOCUMENT));
    assertThat(example.find()).isTrue();
    Rule rule = new Rule("documented", example.group(1));
    List<String> problems = rules.problems(rule);
    assumeTrue(
        System.getenv("CI") != null || problems.stream().noneMatch(p -> p.contains("cannot run")),
        "no opa program: set OPA to one, as `hack/control-plane tool opa` prints it");
    assertThat(problems).isEmpty();
    assertThat(rules.evaluate(rule, input("5", "{}"))).isEqualTo(new Answer.Allowed());
    assertThat(rules.evaluate(rule, input("500", "{\"example.com/ticket\": \"GOV-1\"}")))
        .isEqualTo(new Answer.Allowed());
    assertThat(rules.evaluate(rule, input("500.5", "{}")))
        .isEqualTo(
            new Answer.Denied(
                List.of("runs above 100 GPU-hours name a ticket, sft asks for 500.5")));
  }

  private static JsonNode input(String gpuHours, String annotations) throws IOException {
    return JSON.readTree(
        """
        {"gpuHours": %s, "object": {"metadata": {"name": "sft", "annotations": %s}, "spec": {}}}
        """
            .formatted(gpuHours, annotations));
  }
}
