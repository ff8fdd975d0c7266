package dev.comptroller.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster to ask, in kubectl's words. */
final class ConnectionOptions {
  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The context of the kubeconfig to use; its current one where absent.")
  private @Nullable String context;

  /** Whether there is any cluster to ask. */
  boolean configured(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return kubeconfig.isGiven()
        || context != null
        || !environment.getOrDefault("KUBECONFIG", "").isBlank()
        || environment.containsKey("KUBERNETES_SERVICE_HOST")
        || (!home.isEmpty() && Files.isRegularFile(Path.of(home, ".kube", "config")));
  }

  /** A client; the caller closes it. */
  KubernetesClient connect() {
    return kubeconfig.connect(context);
  }

  /** The namespace that the kubeconfig's context names. */
  Optional<String> namespace() {
    return Optional.ofNullable(kubeconfig.config(context).getNamespace())
        .filter(name -> !name.isEmpty());
  }
}
