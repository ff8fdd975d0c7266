package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.comptroller.core.workload.kind.Kind;
import dev.comptroller.core.workload.kind.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worked examples in docs/gpu-hours.md are what the command prints. {@code hack/generate} runs
 * this test with {@code -Dcomptroller.generate=true}, which writes it.
 */
class GpuHoursPageTest {
  private static final Path PAGE = Path.of("..", "docs", "gpu-hours.md");
  private static final Path CASES = Path.of("..", "core", "src", "test", "resources", "gpu-hours");
  private static final String FIRST_ROW =
      "| kind | example | the command prints |\n|---|---|---|\n";
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern EXAMPLE =
      Pattern.compile("```yaml\n(.*?)```\n```\n(.*?)```\n", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void the_worked_example_is_what_the_command_prints() throws IOException {
    String page = Files.readString(PAGE);
    Matcher example = EXAMPLE.matcher(page);
    assertThat(example.find()).isTrue();

    String printed =
        new Shell(folder).write("run.yaml", example.group(1)).runWell("estimate", "-f", "run.yaml");
    String expected =
        page.substring(0, example.start(2)) + printed + page.substring(example.end(2));

    assertPage(expected);
  }

  @Test
  void an_example_of_each_kind_says_what_the_command_prints() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf(FIRST_ROW) + FIRST_ROW.length();
    int end = page.indexOf("\n\n", start) + 1;
    StringBuilder rows = new StringBuilder();
    for (Kind kind : Kinds.READ) {
      rows.append(row(kind));
    }

    assertPage(page.substring(0, start) + rows + page.substring(end));
  }

  /** The first case of a kind that has accelerators, and what it comes to. */
  private String row(Kind kind) throws IOException {
    for (Path file : cases()) {
      JsonNode aCase = YAML.readTree(file.toFile());
      JsonNode workload = aCase.path("workload");
      String group = workload.path("apiVersion").asText().replaceFirst("/?[^/]*$", "");
      String name = (group.isEmpty() ? "" : group + "/") + workload.path("kind").asText();
      if (name.equals(kind.name()) && workload.toString().contains("nvidia.com")) {
        JsonNode printed =
            YAML.readTree(
                new Shell(folder).runWell("estimate", "--case", file.toString(), "-o", "json"));
        return "| %s | [%s](%s) | %s |\n"
            .formatted(
                kind.name(),
                aCase.path("description").asText().strip(),
                file.toString().replace('\\', '/'),
                told(printed));
      }
    }
    throw new IllegalStateException("no case has a " + kind.name() + " with accelerators");
  }

  private static String told(JsonNode printed) {
    return switch (printed.path("bound").asText()) {
      case "Bounded" -> printed.path("gpuHours").asText() + " GPU-hours";
      case "Unbounded" -> "`Unbounded`, " + printed.path("rate").asText() + " GPU-hours an hour";
      default -> "`Unknown`";
    };
  }

  private static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static void assertPage(String expected) throws IOException {
    if (Boolean.getBoolean("comptroller.generate")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE).as("run hack/generate and commit what it changes").hasContent(expected);
  }
}
