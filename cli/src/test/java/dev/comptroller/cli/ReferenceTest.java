package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The reference in docs/ is what the help says. {@code hack/generate} runs this test with {@code
 * -Dcomptroller.generate=true}, which writes it.
 */
class ReferenceTest {
  private static final Path REFERENCE = Path.of("..", "docs", "cli.md");
  private static final String HEAD =
      """
      <!-- Generated from the help of the commands by hack/generate: change that. -->
      # kubectl-comptroller

      In a checkout, `hack/kubectl-comptroller` is the program; it builds itself when it is missing or older than its
      sources. With that folder on PATH it is also the kubectl plugin `kubectl comptroller`.

      Results go to standard output, everything else to standard error. `-o json` and `-o yaml` are for programs. No
      command that works on files needs a cluster or a network.

      """;

  @Test
  void the_reference_is_what_the_help_says() throws IOException {
    CommandLine program = KubectlComptroller.commandLine(Console.ofProcess());
    String reference =
        HEAD
            + help(program)
            + program.getSubcommands().entrySet().stream()
                .map(entry -> "\n## " + entry.getKey() + "\n\n" + help(entry.getValue()))
                .collect(Collectors.joining());
    if (Boolean.getBoolean("comptroller.generate")) {
      Files.writeString(REFERENCE, reference);
    }
    assertThat(REFERENCE).as("run hack/generate and commit what it changes").hasContent(reference);
  }

  private static String help(CommandLine command) {
    return "```\n" + command.getUsageMessage(Ansi.OFF).stripTrailing() + "\n```\n";
  }
}
