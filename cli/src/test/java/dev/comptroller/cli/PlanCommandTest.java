package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void run() {
    shell = new Shell(folder).withKeys().write("run.yaml", Manifests.RUN);
    shell.write("view/policy.yaml", Manifests.policy(shell, "500"));
  }

  @Test
  void without_policies_it_prices_by_the_charts_classes() {
    assertThat(shell.runWell("plan", "-f", "run.yaml"))
        .matches(
            """
            TrainingRun nlp/sft
              plan         sha256:[0-9a-f]{64}
              GPU-hours    at most 64
              tier         unknown without policies: give --view DIR or a kubeconfig
            """);
  }

  @Test
  void by_a_policy_it_says_what_is_missing_and_how_to_get_it() {
    String plan =
        shell.runWell("plan", "-f", "run.yaml", "--view", "view", "--cluster", Shell.CLUSTER);
    assertThat(plan.lines().filter(line -> !line.contains("sha256:")).toList())
        .startsWith(
            "TrainingRun nlp/sft",
            "  GPU-hours    at most 64",
            "  tier         reviewed",
            "  signed by    nobody",
            "  approved by  nobody",
            "  missing",
            "    Unsigned: /metadata/annotations/comptroller.dev~1signature: found no signature, required"
                + " signatures of 1 person(s) of ml-release; next: kubectl-comptroller sign -f FILE --key PEM");
    assertThat(plan)
        .contains("    ApprovalMissing: ")
        .contains(
            "next: kubectl-comptroller approve --kind TrainingRun --name sft --namespace nlp --plan-digest ");
  }

  @Test
  void what_an_endpoint_costs_is_a_rate() {
    shell.write("mdep.yaml", Manifests.ENDPOINT);
    assertThat(shell.runWell("plan", "-f", "mdep.yaml", "--view", "view"))
        .contains("  GPU-hours    ")
        .contains(" an hour, without an end\n")
        .contains("AboveHighestTier");
  }

  @Test
  void each_term_is_explained_on_request() {
    assertThat(shell.runWell("plan", "-f", "run.yaml", "--explain"))
        .contains("pods at once: 2 pods (/spec/workload/spec/parallelism)")
        .contains("deadline of the Job: 14400 s (/spec/workload/spec/activeDeadlineSeconds)");
  }

  @Test
  void programs_get_the_same_in_json_and_yaml() throws IOException {
    String[] plan = {"plan", "-f", "run.yaml", "--view", "view", "-o", "json"};
    JsonNode json = new JsonMapper().readTree(shell.runWell(plan));
    assertThat(json.at("/plans/0/gpuHours/bound").asText()).isEqualTo("64");
    assertThat(json.at("/plans/0/tier").asText()).isEqualTo("reviewed");
    assertThat(json.at("/plans/0/missing/0/code").asText()).isEqualTo("Unsigned");
    plan[6] = "yaml";
    assertThat(new YAMLMapper().readTree(shell.runWell(plan))).isEqualTo(json);
  }

  @Test
  void classes_of_the_view_replace_the_charts() {
    shell.write(
        "view/class.yaml",
        """
        apiVersion: comptroller.dev/v1alpha1
        kind: AcceleratorClass
        metadata: {name: half}
        spec: {vendor: NVIDIA, resource: nvidia.com/gpu, weight: "0.5"}
        """);
    assertThat(shell.runWell("plan", "-f", "run.yaml", "--view", "view")).contains("at most 32\n");
  }

  @Test
  void the_digest_does_not_depend_on_spelling() throws IOException {
    String other =
        Manifests.RUN
            .replace("gpu: 8", "gpu: \"8\"")
            .replace("stage: FineTune", "\"stage\": FineTune")
            .replace("name: train\n", "name: train\n            imagePullPolicy: IfNotPresent\n");
    shell.write("other.yaml", other);
    assertThat(digest("other.yaml")).isEqualTo(digest("run.yaml"));
  }

  @Test
  void a_name_cannot_reach_the_terminal_with_control_characters() {
    shell.write("run.yaml", Manifests.RUN.replace("name: sft", "name: \"s\\u001b[31mft\""));
    assertThat(shell.run("plan", "-f", "run.yaml").out())
        .contains("s [31mft")
        .doesNotContain("\u001b");
  }

  @Test
  void files_without_a_plan_are_an_error() {
    shell.write("run.yaml", Manifests.NOTES);
    Shell.Result result = shell.run("plan", "-f", "run.yaml");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("found no plan").hasLineCount(1);
  }

  private String digest(String file) throws IOException {
    return new JsonMapper()
        .readTree(shell.runWell("plan", "-f", file, "-o", "json"))
        .at("/plans/0/digest")
        .asText();
  }
}
