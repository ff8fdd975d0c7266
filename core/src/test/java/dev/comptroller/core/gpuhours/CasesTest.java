package dev.comptroller.core.gpuhours;

import static dev.comptroller.core.accelerator.Catalogues.acceleratorClass;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.comptroller.api.v1alpha1.AcceleratorClass;
import dev.comptroller.api.v1alpha1.Partition;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.WorkloadReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases under gpu-hours/: a manifest, and the most accelerator-hours it may consume. */
class CasesTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** Cases that need more than the object and the classes to be priced: they are refused. */
  private static final Set<String> NEEDS_CONTEXT =
      Set.of(
          "029-cronjob-forbid.yaml",
          "030-cronjob-allow-overlap.yaml",
          "035-daemonset-matching-nodes.yaml",
          "057-dra-claim-template.yaml",
          "059-dra-admin-access.yaml",
          "060a-dra-all-devices.yaml",
          "068-shared-renamed.yaml",
          "070-fraction-annotation.yaml");

  /** Slices of an H100: the larger of their part of 7 compute and of 8 memory slices. */
  private static final List<Partition> H100_SLICES =
      List.of(
          new Partition("nvidia.com/mig-1g.10gb", "1/7"),
          new Partition("nvidia.com/mig-1g.20gb", "2/8"),
          new Partition("nvidia.com/mig-3g.40gb", "4/8"));

  @ParameterizedTest
  @MethodSource("pricedCases")
  void a_case_has_the_bound_it_states(Path file) throws IOException {
    JsonNode testCase = YAML.readTree(file.toFile());
    JsonNode expected = testCase.path("expected");
    Duration window = Duration.parse("PT" + testCase.path("window").asText("0h"));
    JsonNode history = testCase.path("history");
    Amount used = Amount.parse(history.path(history.size() - 1).path("used").asText("0"));

    GpuHours hours = bound(testCase);

    assertThat(hours.getClass().getSimpleName()).isEqualTo(expected.path("bound").asText());
    if (hours instanceof GpuHours.Unbounded unbounded) {
      assertSameHours(unbounded.rate(), expected.path("rate").asText());
    }
    if (expected.has("gpuHours")) {
      assertSameHours(
          used.plus(hours.over(window).orElseThrow()), expected.path("gpuHours").asText());
    }
  }

  @ParameterizedTest
  @MethodSource("casesThatNeedContext")
  void a_case_that_needs_more_than_the_object_is_refused_not_guessed(Path file) throws IOException {
    assertThat(bound(YAML.readTree(file.toFile()))).isInstanceOf(GpuHours.Unknown.class);
  }

  private static Stream<Path> pricedCases() throws IOException, URISyntaxException {
    return cases().filter(file -> !NEEDS_CONTEXT.contains(file.getFileName().toString()));
  }

  private static Stream<Path> casesThatNeedContext() throws IOException, URISyntaxException {
    return cases().filter(file -> NEEDS_CONTEXT.contains(file.getFileName().toString()));
  }

  private static Stream<Path> cases() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(CasesTest.class.getResource("/gpu-hours"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.sorted().toList().stream();
    }
  }

  private static GpuHours bound(JsonNode testCase) {
    JsonNode workload = testCase.path("workload");
    for (JsonNode step : testCase.path("history")) {
      workload = merged(workload, step.path("change"));
    }
    Reading reading = WorkloadReader.read(new KubernetesObject((ObjectNode) workload));
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return UpperBound.of(((Reading.Read) reading).workload(), catalogue(testCase));
  }

  private static AcceleratorCatalogue catalogue(JsonNode testCase) {
    List<AcceleratorClass> classes = new ArrayList<>();
    for (JsonNode flavor : testCase.path("flavors")) {
      classes.add(acceleratorClass("nvidia.com/gpu", flavor.path("weight").asText(), Map.of()));
    }
    if (classes.isEmpty()) {
      classes.add(acceleratorClass("nvidia.com/gpu", "1", Map.of(), H100_SLICES));
    }
    testCase
        .path("weights")
        .properties()
        .forEach(
            weight ->
                classes.add(
                    acceleratorClass(
                        resourceName(weight.getKey()), weight.getValue().asText(), Map.of())));
    return new AcceleratorCatalogue(classes);
  }

  /** A device class is asked for by the extended resource that Kubernetes derives from it. */
  private static String resourceName(String weighted) {
    return weighted.contains("/") ? weighted : "deviceclass.resource.kubernetes.io/" + weighted;
  }

  /** RFC 7386. */
  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode result =
        target.isObject() ? ((ObjectNode) target).deepCopy() : YAML.createObjectNode();
    patch
        .properties()
        .forEach(
            member -> {
              if (member.getValue().isNull()) {
                result.remove(member.getKey());
              } else {
                result.set(
                    member.getKey(), merged(result.path(member.getKey()), member.getValue()));
              }
            });
    return result;
  }

  private static void assertSameHours(Amount actual, String expected) {
    if (expected.equals("MAX")) {
      assertThat(actual.toGpuHours()).isEqualTo(expected);
    } else {
      assertThat(new BigDecimal(actual.toGpuHours())).isEqualByComparingTo(expected);
    }
  }
}
