package dev.comptroller.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster to ask, in kubectl's words. */
final class ConnectionOptions {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig to use; KUBECONFIG or ~/.kube/config where absent.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The context of the kubeconfig to use; its current one where absent.")
  private @Nullable String context;

  /** Whether there is any cluster to ask. */
  boolean configured(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return kubeconfig != null
        || context != null
        || !environment.getOrDefault("KUBECONFIG", "").isBlank()
        || environment.containsKey("KUBERNETES_SERVICE_HOST")
        || (!home.isEmpty() && Files.isRegularFile(Path.of(home, ".kube", "config")));
  }

  /** A client; the caller closes it. */
  KubernetesClient connect() {
    Config config = config();
    // A connection that nobody waits for: the first failure is the answer.
    config.setRequestRetryBackoffLimit(1);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** The namespace that the kubeconfig's context names. */
  Optional<String> namespace() {
    return Optional.ofNullable(config().getNamespace()).filter(name -> !name.isEmpty());
  }

  private Config config() {
    if (kubeconfig == null) {
      return Config.autoConfigure(context);
    }
    if (!Files.isReadable(kubeconfig)) {
      throw new CommandFailure("--kubeconfig " + kubeconfig, "no readable file", "a kubeconfig");
    }
    Config config = Config.fromKubeconfig(context, kubeconfig.toFile());
    if (config.getCurrentContext() == null) {
      throw new CommandFailure(
          "--kubeconfig " + kubeconfig,
          context == null ? "no current context" : "no context " + context,
          "a context: name one by --context");
    }
    return config;
  }
}
