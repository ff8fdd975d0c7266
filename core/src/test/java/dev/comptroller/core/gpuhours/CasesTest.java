package dev.comptroller.core.gpuhours;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.comptroller.core.workload.kind.Kind;
import dev.comptroller.core.workload.kind.Kinds;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases under gpu-hours/: a manifest, and the most accelerator-hours it may consume. */
class CasesTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @ParameterizedTest
  @MethodSource("cases")
  void a_case_has_the_bound_it_states(Path file) throws IOException {
    JsonNode testCase = YAML.readTree(file.toFile());
    JsonNode expected = testCase.path("expected");

    Estimate estimate = PricingCase.read((ObjectNode) testCase).estimate();

    assertThat(estimate.hours().getClass().getSimpleName())
        .as("%s", estimate.hours().reasons())
        .isEqualTo(expected.path("bound").asText());
    assertThat(estimate.hours().reasons().stream().map(reason -> reason.code().name()))
        .containsExactlyInAnyOrderElementsOf(
            StreamSupport.stream(expected.path("reasons").spliterator(), false)
                .map(JsonNode::asText)
                .toList());
    if (expected.has("rate")) {
      assertThat(estimate.hours())
          .isInstanceOfSatisfying(
              GpuHours.Unbounded.class,
              unbounded -> assertSame(unbounded.rate().toGpuHours(), expected.path("rate")));
    }
    if (expected.has("gpuHours")) {
      assertSame(estimate.total().orElseThrow().toGpuHours(), expected.path("gpuHours"));
    }
    if (expected.has("settled")) {
      assertSame(estimate.settled().orElseThrow().toNearestGpuHours(), expected.path("settled"));
    }
  }

  @Test
  void every_kind_has_a_case() throws IOException, URISyntaxException {
    Set<String> without = new TreeSet<>(Kinds.UNREAD);
    Kinds.READ.stream().map(Kind::name).forEach(without::add);
    for (Path file : cases()) {
      JsonNode workload = YAML.readTree(file.toFile()).path("workload");
      String apiVersion = workload.path("apiVersion").asText();
      String group = apiVersion.contains("/") ? apiVersion.replaceFirst("/.*", "/") : "";
      without.remove(group + workload.path("kind").asText());
    }
    assertThat(without).isEmpty();
  }

  static List<Path> cases() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(CasesTest.class.getResource("/gpu-hours"));
    try (Stream<Path> files = Files.walk(Path.of(folder.toURI()))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static void assertSame(String actual, JsonNode expected) {
    if (expected.asText().equals("MAX") || expected.asText().equals("unlimited")) {
      assertThat(actual).isEqualTo("MAX");
    } else {
      assertThat(new BigDecimal(actual)).isEqualByComparingTo(expected.asText());
    }
  }
}
