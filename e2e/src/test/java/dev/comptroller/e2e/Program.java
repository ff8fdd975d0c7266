package dev.comptroller.e2e;

import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * A program that a user runs against the cluster of the tests.
 *
 * @param command the program and its first arguments
 */
record Program(List<String> command, Map<String, String> environment) {

  /** What a run left behind. */
  record Result(int exitCode, String out, String err) {}

  /** {@code kubectl} of an administrator, who may act {@code --as} others. */
  static Program kubectl(ControlPlane controlPlane) {
    return new Program(
        List.of(Checkout.current().tool("kubectl").toString()), environment(controlPlane));
  }

  /** The same program, always with these arguments first. */
  Program with(String... arguments) {
    return new Program(Stream.concat(command.stream(), Stream.of(arguments)).toList(), environment);
  }

  /** {@code kubectl-comptroller}. */
  static Program comptroller(ControlPlane controlPlane) {
    return new Program(
        Checkout.current().javaProgram("cli", "dev.comptroller.cli.KubectlComptroller"),
        environment(controlPlane));
  }

  private static Map<String, String> environment(ControlPlane controlPlane) {
    return Map.of(
        "KUBECONFIG",
        controlPlane.kubeconfig().toString(),
        "OPA",
        Checkout.current().tool("opa").toString());
  }

  /** Runs it with these arguments and nothing on standard input. */
  Result run(String... arguments) {
    return runWithInput("", arguments);
  }

  Result runWithInput(String input, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(with(arguments).command);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      CompletableFuture<String> err =
          CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String out = text(process.getInputStream());
      return new Result(process.waitFor(), out, err.get());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + command, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot read what " + command + " says", e);
    }
  }

  private static String text(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
