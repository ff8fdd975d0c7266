package dev.comptroller.testkit.fault;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A program of a local control plane. Only who has a control plane of his own does anything to its
 * components.
 *
 * @param name such as {@code etcd}
 * @param folder of the control plane
 */
public record Component(String name, Path folder) {

  /** The key-value store. */
  public static Component etcd(ControlPlane controlPlane) {
    return new Component("etcd", controlPlane.kubeconfig().resolveSibling(""));
  }

  /** The API server. */
  public static Component apiServer(ControlPlane controlPlane) {
    return new Component("kube-apiserver", controlPlane.kubeconfig().resolveSibling(""));
  }

  /** Kills it and returns when it is healthy again. */
  public void restart() {
    run(
        List.of(
            Checkout.current().controlPlaneScript().toString(),
            "restart",
            "--dir",
            folder.toString(),
            "--component",
            name));
  }

  /** Stops it in the middle of whatever it does; its connections stay open. */
  public void pause() {
    signal("-STOP");
  }

  /** Lets it go on. */
  public void resume() {
    signal("-CONT");
  }

  private void signal(String signal) {
    run(List.of("kill", signal, Long.toString(processId())));
  }

  private long processId() {
    Path record = folder.resolve("instance.json");
    try {
      return new JsonMapper().readTree(record.toFile()).path("components").path(name).asLong();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + record, e);
    }
  }

  private static void run(List<String> command) {
    try {
      int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (exitCode != 0) {
        throw new IllegalStateException(
            String.join(" ", command) + " ended with exit code " + exitCode);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + command.getFirst(), e);
    }
  }
}
