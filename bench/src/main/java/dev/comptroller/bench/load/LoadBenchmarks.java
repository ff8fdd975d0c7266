package dev.comptroller.bench.load;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures webhook and operator as they run, on a control plane that is started for it. */
@Command(
    name = "hack/bench",
    description =
        "Measures webhook and operator on a local control plane. Progress goes to standard error,"
            + " tables to standard output.",
    subcommands = {WebhookLoad.class, ApiServerLoad.class, OperatorLoad.class},
    mixinStandardHelpOptions = true)
public final class LoadBenchmarks {
  private LoadBenchmarks() {}

  /** The program; its arguments are described by {@code --help}. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new LoadBenchmarks());
  }

  /** A line on standard error that tells how far it is. */
  static void progress(String line) {
    System.err.println(line);
  }
}
