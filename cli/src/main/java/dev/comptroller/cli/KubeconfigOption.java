package dev.comptroller.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where clusters are described. */
final class KubeconfigOption {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig to use; KUBECONFIG or ~/.kube/config where absent.")
  private @Nullable Path file;

  /** Whether a file was named. */
  boolean isGiven() {
    return file != null;
  }

  /** A client of the cluster of this context, or of the current one; the caller closes it. */
  KubernetesClient connect(@Nullable String context) {
    Config config = config(context);
    // A connection that nobody waits for: the first failure is the answer.
    config.setRequestRetryBackoffLimit(1);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /**
   * The configuration of this context, or of the current one.
   *
   * @throws CommandFailure if the file or the context is missing
   */
  Config config(@Nullable String context) {
    if (file == null) {
      return Config.autoConfigure(context);
    }
    if (!Files.isReadable(file)) {
      throw new CommandFailure("--kubeconfig " + file, "no readable file", "a kubeconfig");
    }
    Config config = Config.fromKubeconfig(context, file.toFile());
    if (config.getCurrentContext() == null) {
      throw new CommandFailure(
          "--kubeconfig " + file,
          context == null ? "no current context" : "no context " + context,
          "a context: name one by --context");
    }
    return config;
  }
}
