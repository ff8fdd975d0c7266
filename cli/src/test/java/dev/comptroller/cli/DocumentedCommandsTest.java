package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** What users are told to type is what the commands understand. */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");

  /** The generated reference is compared with the help elsewhere. */
  private static final Path REFERENCE = ROOT.resolve("docs/cli.md");

  /** A whole line that is a command, or one named amid text. */
  private static final Pattern COMMAND =
      Pattern.compile("(?m)(^(?:# )? *)?(?:hack/)?\\bkubectl[- ]comptroller (\\S[^`|;>#()\\n]*)");

  @TestFactory
  Stream<DynamicTest> every_command_in_the_documents_is_one_that_there_is() throws IOException {
    return documents().stream()
        .flatMap(
            file ->
                COMMAND
                    .matcher(read(file))
                    .results()
                    .map(
                        command ->
                            DynamicTest.dynamicTest(
                                ROOT.relativize(file) + ": " + command.group(2).strip(),
                                () -> isUnderstood(command))));
  }

  @Test
  void the_documents_are_found() throws IOException {
    assertThat(documents())
        .contains(
            ROOT.resolve("README.md"),
            ROOT.resolve("docs/approver.md"),
            ROOT.resolve("charts/comptroller/templates/NOTES.txt"),
            ROOT.resolve("examples/engineer/training-run.yaml"));
  }

  private static void isUnderstood(MatchResult command) {
    String[] words = Shell.words("kubectl-comptroller " + command.group(2).strip());
    CommandLine program = KubectlComptroller.commandLine(Console.ofProcess());
    if (command.group(1) != null && words.length > 1) {
      program.parseArgs(words);
      return;
    }
    CommandLine called = program;
    if (!words[0].startsWith("-")) {
      called = Objects.requireNonNull(program.getSubcommands().get(words[0]), "no such command");
    }
    Set<String> options = called.getCommandSpec().optionsMap().keySet();
    assertThat(options)
        .containsAll(
            Arrays.stream(words)
                .filter(word -> word.startsWith("-"))
                .map(word -> word.replaceFirst("=.*", ""))
                .toList());
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> examples = Files.walk(ROOT.resolve("examples"));
        Stream<Path> notes = Files.walk(ROOT.resolve("charts/comptroller/templates"))) {
      return Stream.of(
              docs.filter(file -> file.toString().endsWith(".md") && !file.equals(REFERENCE)),
              examples.filter(Files::isRegularFile),
              notes.filter(file -> file.endsWith("NOTES.txt")),
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("hack/demo")))
          .flatMap(files -> files)
          .sorted()
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).replaceAll("\\\\\\n\\s*", "");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
