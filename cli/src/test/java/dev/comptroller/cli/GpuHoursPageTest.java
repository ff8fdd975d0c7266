package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worked example in docs/gpu-hours.md is what the command prints. {@code hack/generate} runs
 * this test with {@code -Dcomptroller.generate=true}, which writes it.
 */
class GpuHoursPageTest {
  private static final Path PAGE = Path.of("..", "docs", "gpu-hours.md");
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

    if (Boolean.getBoolean("comptroller.generate")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE).as("run hack/generate and commit what it changes").hasContent(expected);
  }
}
