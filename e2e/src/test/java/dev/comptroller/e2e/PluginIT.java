package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.testkit.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as users have it: a script of the checkout, found by kubectl on PATH. */
class PluginIT {
  @TempDir Path folder;

  @Test
  void a_symbolic_link_on_path_is_a_plugin_of_kubectl() throws IOException {
    Checkout checkout = Checkout.current();
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(
        bin.resolve("kubectl-comptroller"), checkout.path("hack/kubectl-comptroller"));
    Terminal user = Terminal.in(folder, bin, checkout.tool("kubectl").resolveSibling(""));

    assertThat(user.runWell("command -v kubectl-comptroller"))
        .isEqualTo(bin.resolve("kubectl-comptroller") + "\n");
    user.runWell("kubectl comptroller keygen --to alice");
    assertThat(
            user.runWell(
                "kubectl comptroller sign -f %s --key alice.pem --to signed.yaml"
                    .formatted(checkout.path("examples/engineer/training-run.yaml"))))
        .contains("signed TrainingRun nlp/tickets-sft");
    assertThat(folder.resolve("signed.yaml")).content().contains("comptroller.dev/signature");
  }

  @Test
  void bash_completes_commands_and_options_by_the_printed_script() {
    Terminal user = Terminal.in(folder, Checkout.current().path("hack"));

    String completed =
        user.runWell(
            """
            set -e
            kubectl-comptroller completion bash >completion
            bash -n completion
            source completion
            complete -p kubectl-comptroller
            compopt() { :; } # bash has it only while somebody presses the key
            COMP_WORDS=(kubectl-comptroller re) COMP_CWORD=1 COMP_LINE="kubectl-comptroller re" COMP_POINT=22
            _complete_kubectl-comptroller
            echo "commands: ${COMPREPLY[*]}"
            COMP_WORDS=(kubectl-comptroller plan --exp) COMP_CWORD=2
            _complete_kubectl-comptroller
            echo "options: ${COMPREPLY[*]}"
            """);

    assertThat(completed).contains("commands: review\n", "options: --explain\n");
  }
}
