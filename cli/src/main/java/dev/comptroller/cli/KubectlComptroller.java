package dev.comptroller.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
    name = "kubectl-comptroller",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Prices, signs, approves and reviews AI workloads by the rules that the cluster enforces.",
      "On PATH it is also a kubectl plugin: kubectl comptroller COMMAND."
    },
    exitCodeList = {ExitCode.ALL_WELL_MEANS, ExitCode.ERROR_MEANS, ExitCode.REFUSED_MEANS},
    footer = {
      "  kubectl-comptroller keygen --to alice",
      "  kubectl-comptroller estimate -f job.yaml",
      "  kubectl-comptroller plan -f run.yaml --view policies/",
      "  kubectl-comptroller sign -f run.yaml --key alice.pem --to signed.yaml",
      "  kubectl-comptroller review -f signed.yaml --view policies/",
      "  kubectl-comptroller approve -f signed.yaml --key bob.pem --this-cluster \\",
      "      --reason \"October review\" --expires 720h --to approval.yaml",
    })
public final class KubectlComptroller implements Runnable {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "With an error, also show where in the program it came up.")
  boolean verbose;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private KubectlComptroller() {}

  /** Runs a command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine(Console.ofProcess()).execute(arguments));
  }

  /** The program on a console. */
  static CommandLine commandLine(Console console) {
    ErrorHandler errors = new ErrorHandler(console);
    CommandLine program =
        new CommandLine(new KubectlComptroller())
            .addSubcommand(new PlanCommand(console))
            .addSubcommand(new EstimateCommand(console))
            .addSubcommand(new SignCommand(console))
            .addSubcommand(new VerifyCommand(console))
            .addSubcommand(new ApproveCommand(console))
            .addSubcommand(new ReviewCommand(console))
            .addSubcommand(new KeygenCommand(console))
            .addSubcommand(new CompletionCommand(console));
    program.getSubcommands().values().forEach(command -> spaced(command, "Examples"));
    spaced(program, "A first walk");
    return program
        .setOut(console.out())
        .setErr(console.err())
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors)
        .setUsageHelpWidth(110)
        .setUsageHelpLongOptionsMaxWidth(34)
        .setAbbreviatedOptionsAllowed(false);
  }

  private static void spaced(CommandLine command, String examples) {
    command
        .getCommandSpec()
        .usageMessage()
        .synopsisHeading("%nUsage: ")
        .descriptionHeading("%n")
        .parameterListHeading("%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .footerHeading("%n" + examples + ":%n");
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "found no command, required one");
  }
}
