package dev.comptroller.e2e;

import dev.comptroller.testkit.Checkout;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A user's shell.
 *
 * @param folder where commands run
 * @param environment variables beside those of this process
 */
record Terminal(Path folder, Map<String, String> environment) {

  /** In a folder, with these before all else on PATH. */
  static Terminal in(Path folder, Path... path) {
    return new Terminal(folder, Map.of("PATH", path(path)));
  }

  /** In the checkout, with kubectl, helm and our command line on PATH, for a cluster. */
  static Terminal of(Path kubeconfig) {
    Checkout checkout = Checkout.current();
    return new Terminal(
        checkout.path(""),
        Map.of(
            "KUBECONFIG",
            kubeconfig.toAbsolutePath().toString(),
            "PATH",
            path(
                checkout.path("hack"),
                checkout.tool("kubectl").resolveSibling(""),
                checkout.tool("helm").resolveSibling(""))));
  }

  /** What a command printed on both streams, and how it ended. */
  record Result(int exitCode, String output) {}

  Result run(String command) {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while this ran: " + command, e);
    }
  }

  /** Runs a command that has to end well. */
  String runWell(String command) {
    Result result = run(command);
    if (result.exitCode != 0) {
      throw new AssertionError("$ " + command + "\n" + result.output + "exit " + result.exitCode);
    }
    return result.output;
  }

  private static String path(Path... first) {
    return Stream.concat(Stream.of(first).map(Path::toString), Stream.of(System.getenv("PATH")))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
