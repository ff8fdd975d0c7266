package dev.comptroller.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    header = "Prints a completion script for a shell.",
    description = "Prints a script that completes this program's commands and options in a shell.",
    footer = {
      "  source <(kubectl-comptroller completion bash)",
      "  source <(kubectl-comptroller completion zsh)",
    })
final class CompletionCommand implements Callable<Integer> {
  private final Console console;

  @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets it; one script serves both
  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    // The script switches zsh to bash's way of completion by itself.
    console.print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
    return ExitCode.OK;
  }

  /** The shells it is for. */
  enum Shell {
    bash,
    zsh
  }
}
