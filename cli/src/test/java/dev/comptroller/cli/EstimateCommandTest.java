package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EstimateCommandTest {
  private static final Path CASES =
      Path.of("..", "core", "src", "test", "resources", "gpu-hours").toAbsolutePath();

  private static final String TRAIN_JOB =
      """
      apiVersion: trainer.kubeflow.org/v1alpha1
      kind: TrainJob
      metadata: {name: sft, namespace: nlp}
      spec: {runtimeRef: {name: torch}, trainer: {numNodes: 2}, activeDeadlineSeconds: 3600}
      """;

  private static final String RUNTIME =
      """
      apiVersion: trainer.kubeflow.org/v1alpha1
      kind: ClusterTrainingRuntime
      metadata: {name: torch}
      spec:
        mlPolicy: {numNodes: 1}
        template:
          spec:
            replicatedJobs:
            - name: node
              template:
                metadata: {labels: {trainer.kubeflow.org/trainjob-ancestor-step: trainer}}
                spec:
                  template:
                    spec:
                      terminationGracePeriodSeconds: 0
                      containers: [{name: node, resources: {limits: {nvidia.com/gpu: 8}}}]
      """;

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(folder).write("run.yaml", Manifests.RUN);
  }

  @Test
  void people_get_the_bound_and_what_it_is_made_of() {
    assertThat(shell.runWell("estimate", "-f", "run.yaml"))
        .startsWith(
            """
            TrainingRun nlp/sft
              bound        Bounded
              GPU-hours    at most 64
              made of
            """)
        .contains("deadline of the Job: 14400 s (/spec/workload/spec/activeDeadlineSeconds)");
  }

  @Test
  void programs_get_bound_hours_reasons_and_terms_in_json_and_yaml() throws IOException {
    String[] estimate = {"estimate", "-f", "run.yaml", "-o", "json"};
    JsonNode json = new JsonMapper().readTree(shell.runWell(estimate));
    assertThat(json.path("bound").asText()).isEqualTo("Bounded");
    assertThat(json.path("gpuHours").asText()).isEqualTo("64");
    assertThat(json.path("reasons").isArray()).isTrue();
    assertThat(json.path("reasons").isEmpty()).isTrue();
    assertThat(json.at("/terms/0/value").asText()).isEqualTo("64 GPU-hours");
    estimate[4] = "yaml";
    assertThat(new YAMLMapper().readTree(shell.runWell(estimate))).isEqualTo(json);
  }

  @Test
  void what_is_missing_is_named_and_supplied_by_context() {
    shell.write("job.yaml", TRAIN_JOB).write("runtimes/torch.yaml", RUNTIME);
    assertThat(shell.runWell("estimate", "-f", "job.yaml"))
        .contains("  bound        Unknown\n")
        .contains(
            "RuntimeNotFound: /spec/runtimeRef/name: found ClusterTrainingRuntime torch, which is"
                + " not known");
    assertThat(
            shell.runWell(
                "estimate", "-f", "job.yaml", "--context", shell.path("runtimes").toString()))
        .contains("  GPU-hours    at most 16\n")
        .contains("ClusterTrainingRuntime torch#/spec/template");
  }

  @Test
  void what_has_no_end_is_priced_over_a_window() {
    shell.write("mdep.yaml", Manifests.ENDPOINT);
    assertThat(shell.runWell("estimate", "-f", "mdep.yaml"))
        .contains("  GPU-hours    none can be told\n")
        .contains("  rate         3 an hour, without an end\n");
    assertThat(shell.runWell("estimate", "-f", "mdep.yaml", "--window", "10h"))
        .contains("  GPU-hours    at most 30\n");
    assertThat(shell.run("estimate", "-f", "mdep.yaml", "--window", "soon").err())
        .contains("--window: found soon");
  }

  @Test
  void one_workload_is_asked_for() {
    shell.write("two.yaml", Manifests.RUN + "---\n" + Manifests.ENDPOINT);
    assertThat(shell.run("estimate", "-f", "two.yaml").err()).contains("found 2 workloads");
    shell.write("none.yaml", Manifests.NOTES);
    assertThat(shell.run("estimate", "-f", "none.yaml").err()).contains("found no workload");
    assertThat(shell.run("estimate").exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_case_is_accepted_as_input(Path file) throws IOException {
    JsonNode expected = new YAMLMapper().readTree(file.toFile()).path("expected");
    JsonNode found =
        new JsonMapper()
            .readTree(shell.runWell("estimate", "--case", file.toString(), "-o", "json"));

    assertThat(found.path("bound")).isEqualTo(expected.path("bound"));
    assertThat(texts(found.path("reasons"))).hasSameElementsAs(texts(expected.path("reasons")));
    for (String number : List.of("gpuHours", "rate", "settled")) {
      if (expected.has(number)) {
        assertSame(found.path(number).asText(), expected.path(number).asText());
      }
    }
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static void assertSame(String found, String expected) {
    if (expected.matches("[0-9.]+")) {
      assertThat(new BigDecimal(found)).isEqualByComparingTo(expected);
    } else {
      assertThat(found).isEqualTo(expected);
    }
  }

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
