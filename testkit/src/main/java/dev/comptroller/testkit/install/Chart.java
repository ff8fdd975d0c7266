package dev.comptroller.testkit.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Helm chart and what it is installed with.
 *
 * @param folder the chart
 * @param release name of the release
 * @param namespace namespace of the release
 * @param values values that differ from the chart's own
 */
public record Chart(Path folder, String release, String namespace, Map<String, Object> values) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final ObjectReader DOCUMENTS = YAML.readerFor(JsonNode.class);

  public Chart {
    values = Map.copyOf(values);
  }

  /**
   * The objects of the release, CRDs first, in the order in which helm applies them; without those
   * of {@code helm test}.
   *
   * @param helm the program
   * @param kubernetesVersion what the chart is told that it is installed on, such as v1.36.3
   * @throws IllegalStateException if helm refuses chart or values, with its message
   */
  public List<GenericKubernetesResource> render(Path helm, String kubernetesVersion) {
    try {
      Path valuesFile = Files.createTempFile("values", ".json");
      try {
        JSON.writeValue(valuesFile.toFile(), values);
        return parse(
            run(
                List.of(
                    helm.toString(),
                    "template",
                    release,
                    folder.toString(),
                    "--namespace",
                    namespace,
                    "--values",
                    valuesFile.toString(),
                    "--kube-version",
                    kubernetesVersion,
                    "--skip-tests",
                    "--include-crds")));
      } finally {
        Files.delete(valuesFile);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot render the chart " + folder, e);
    }
  }

  private static String run(List<String> command) throws IOException {
    Path errors = Files.createTempFile("helm", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            String.join(" ", command) + " failed: " + Files.readString(errors));
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while helm ran", e);
    } finally {
      Files.delete(errors);
    }
  }

  private static List<GenericKubernetesResource> parse(String manifests) throws IOException {
    List<GenericKubernetesResource> objects = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = DOCUMENTS.readValues(manifests)) {
      while (documents.hasNextValue()) {
        JsonNode document = documents.nextValue();
        if (!document.isNull()) { // a document of comments alone
          objects.add(YAML.treeToValue(document, GenericKubernetesResource.class));
        }
      }
    }
    return List.copyOf(objects);
  }
}
