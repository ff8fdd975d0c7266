package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.comptroller.core.derivation.ModelDeploymentResources;
import dev.comptroller.core.derivation.TrainingRunResources;
import dev.comptroller.core.derivation.WiredResources;
import dev.comptroller.core.derivation.Wiring;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.testkit.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts that users get are what Prometheus takes, and fire when their tests say. */
class PrometheusRulesIT {
  private static final Path TESTS = Path.of("src/test/resources/prometheus");
  private static final Wiring WIRING = new Wiring("monitoring", Map.of());
  private static final YAMLMapper YAML = new YAMLMapper();

  private final Checkout checkout = Checkout.current();

  @TempDir private Path folder;

  @Test
  void alerts_about_comptroller_itself() throws Exception {
    test("comptroller", checkout.path("charts/comptroller/files/monitoring/alerts.yaml"));
  }

  @Test
  void alerts_about_a_training_run() throws Exception {
    test(
        "training-run",
        derived(TrainingRunResources.of(example("engineer/training-run.yaml"), WIRING)));
  }

  @Test
  void alerts_about_a_served_model() throws Exception {
    test(
        "model-deployment",
        derived(ModelDeploymentResources.of(example("engineer/model-deployment.yaml"), WIRING)));
  }

  private void test(String name, Path rules) throws IOException, InterruptedException {
    Path copy = folder.resolve("rules.yaml");
    if (!rules.equals(copy)) {
      Files.copy(rules, copy);
    }
    Path tests = Files.copy(TESTS.resolve(name + ".yaml"), folder.resolve("tests.yaml"));
    promtool("check", "rules", copy.toString());
    promtool("test", "rules", tests.toString());
  }

  /** The groups of the PrometheusRule among what is derived, as a file of rules. */
  private Path derived(WiredResources resources) throws IOException {
    JsonNode rule =
        resources.monitoring().stream()
            .filter(object -> object.kind().equals("PrometheusRule"))
            .findFirst()
            .orElseThrow()
            .spec();
    Path file = folder.resolve("rules.yaml");
    YAML.writeValue(file.toFile(), rule);
    return file;
  }

  private KubernetesObject example(String name) throws IOException {
    String text = Files.readString(checkout.path("examples/" + name));
    return new KubernetesObject((ObjectNode) Manifests.yaml(text));
  }

  private void promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(checkout.tool("promtool").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
