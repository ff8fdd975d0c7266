package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> every_example_of_the_help_is_a_valid_command() {
    return examples().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(example, () -> program().parseArgs(Shell.words(example))));
  }

  @Test
  void every_command_has_examples() {
    assertThat(program().getSubcommands())
        .hasSize(8)
        .allSatisfy(
            (name, command) ->
                assertThat(command.getUsageMessage())
                    .contains("Examples:", "kubectl-comptroller " + name));
  }

  @Test
  void a_mistyped_command_is_an_error_with_a_suggestion() {
    Shell.Result result = new Shell(folder).run("sing", "-f", "run.yaml");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("error: Unmatched argument")
        .contains("Did you mean: kubectl-comptroller sign")
        .endsWith("see kubectl-comptroller --help\n");
  }

  @Test
  void a_missing_file_is_said_in_one_line() {
    Shell.Result result = new Shell(folder).run("plan", "-f", "absent.yaml");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "error: "
                + folder.resolve("absent.yaml")
                + ": found no such file, required one to read\n");
  }

  @Test
  void where_an_error_came_up_is_shown_on_request() {
    Shell.Result result = new Shell(folder).run("plan", "-f", "absent.yaml", "--verbose");
    assertThat(result.err()).contains("found no such file").contains("\tat dev.comptroller.cli.");
  }

  @Test
  void an_unknown_format_names_those_there_are() {
    Shell.Result result = new Shell(folder).run("plan", "-f", "run.yaml", "-o", "xml");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("found xml, required text, json or yaml");
  }

  @Test
  void a_cluster_that_does_not_answer_is_an_error_and_no_verdict() {
    Shell shell =
        new Shell(folder)
            .write("run.yaml", Manifests.RUN)
            .write(
                "kubeconfig",
                """
                apiVersion: v1
                kind: Config
                current-context: dead
                contexts: [{name: dead, context: {cluster: dead, user: dead}}]
                clusters: [{name: dead, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: dead, user: {}}]
                """);
    Shell.Result result = shell.run("review", "-f", "run.yaml", "--kubeconfig", "kubeconfig");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: cluster: ").hasLineCount(1);
  }

  @Test
  void the_completion_script_knows_the_commands() {
    String script = new Shell(folder).runWell("completion", "bash");
    assertThat(script).contains("complete -F", "kubectl-comptroller", "review", "--plan-digest");
  }

  private static CommandLine program() {
    return KubectlComptroller.commandLine(Console.ofProcess());
  }

  private static List<String> examples() {
    CommandLine program = program();
    return Stream.concat(Stream.of(program), program.getSubcommands().values().stream())
        .flatMap(
            command ->
                Arrays.stream(String.join("\n", footer(command)).replace("\\\n", "").split("\n")))
        .map(line -> line.replaceAll("source <\\((.*)\\)", "$1").replaceAll("[|#].*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String[] footer(CommandLine command) {
    return command.getCommandSpec().usageMessage().footer();
  }
}
