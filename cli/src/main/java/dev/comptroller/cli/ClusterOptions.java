package dev.comptroller.cli;

import dev.comptroller.api.v1alpha1.Formats;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster a statement is about, named by the UID of its namespace kube-system. */
final class ClusterOptions {
  @ArgGroup private @Nullable Choice choice;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  /** One way or the other. */
  static final class Choice {
    @Option(
        names = "--cluster",
        paramLabel = "UID",
        description =
            "The cluster's identity: UID of its namespace kube-system (kubectl get namespace kube-system"
                + " -o jsonpath={.metadata.uid}).")
    private @Nullable String uid;

    @Option(
        names = "--this-cluster",
        description = "Ask the cluster of the kubeconfig for that UID.")
    private boolean asked;
  }

  /** The UID, if one was given or asked for. */
  Optional<String> uid() {
    if (choice == null) {
      return Optional.empty();
    }
    if (choice.asked) {
      return Optional.of(askForUid());
    }
    String uid = choice.uid;
    if (uid == null || !uid.matches(Formats.UID)) {
      throw new CommandFailure(
          "--cluster",
          uid == null ? "nothing" : uid,
          "the UID of kube-system, such as 4f1e8f3e-0d5c-4d0a-9a57-6f0a1d1b2c3d");
    }
    return Optional.of(uid);
  }

  private String askForUid() {
    try (KubernetesClient client = connection.connect()) {
      Namespace system = client.namespaces().withName("kube-system").get();
      if (system == null) {
        throw new CommandFailure(
            "--this-cluster", "no namespace kube-system", "a Kubernetes cluster");
      }
      return system.getMetadata().getUid();
    }
  }
}
