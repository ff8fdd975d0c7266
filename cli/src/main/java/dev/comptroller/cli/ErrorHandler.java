package dev.comptroller.cli;

import dev.comptroller.cli.output.Printed;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says in one line what went wrong; where it went wrong only if asked. */
final class ErrorHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Console console;

  ErrorHandler(Console console) {
    this.console = console;
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult parsed) {
    console.note("error: " + Printed.plain(sentence(exception).replace('\n', ' ')));
    if (command.getCommandSpec().root().commandLine().getCommand()
            instanceof KubectlComptroller root
        && root.verbose) {
      exception.printStackTrace(console.err());
      console.err().flush();
    }
    return ExitCode.ERROR;
  }

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    console.note("error: " + Printed.plain(cause(exception).replace('\n', ' ')));
    CommandLine.UnmatchedArgumentException.printSuggestions(exception, console.err());
    console.note("see " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.ERROR;
  }

  private static String sentence(Exception exception) {
    return switch (exception) {
      case NoSuchFileException e -> e.getFile() + ": found no such file, required one to read";
      case AccessDeniedException e ->
          e.getFile() + ": found no permission, required the right to read or write it";
      case KubernetesClientException e -> "cluster: " + cause(e);
      case CommandFailure e -> cause(e);
      case IllegalArgumentException e -> cause(e);
      default -> exception.getClass().getSimpleName() + ": " + cause(exception);
    };
  }

  private static String cause(Exception exception) {
    String message = exception.getMessage();
    return message == null || message.isBlank() ? exception.getClass().getSimpleName() : message;
  }
}
