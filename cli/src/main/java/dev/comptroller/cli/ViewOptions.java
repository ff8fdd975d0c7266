package dev.comptroller.cli;

import dev.comptroller.cluster.ControllerIdentitiesReader;
import dev.comptroller.cluster.FileClusterView;
import dev.comptroller.cluster.ListedClusterView;
import dev.comptroller.cluster.ManifestReader;
import dev.comptroller.core.object.KubernetesObject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What to judge by: files, or the cluster of the kubeconfig. */
final class ViewOptions {
  @Option(
      names = "--view",
      paramLabel = "DIR|FILE",
      description = {
        "Judge by these manifests and no cluster: policies, approvals, accelerator classes, owners. May be given",
        "several times. Without any AcceleratorClass among them, the chart's catalogue is used."
      })
  private List<Path> files = List.of();

  @Option(
      names = "--cluster",
      paramLabel = "UID",
      description =
          "With --view: UID of the cluster's namespace kube-system, where the files do not hold that namespace.")
  private @Nullable String clusterUid;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "The namespace of manifests that name none.")
  private @Nullable String namespace;

  /** The namespace that was given. */
  Optional<String> namespace() {
    return Optional.ofNullable(namespace);
  }

  /** What was asked for; empty if there are neither files nor a cluster. */
  Optional<OpenedView> open(Console console) throws IOException {
    if (!files.isEmpty()) {
      return Optional.of(ofFiles(ManifestReader.read(files)));
    }
    if (clusterUid != null) {
      throw new CommandFailure("--cluster", "no --view", "the files that stand for the cluster");
    }
    return connection.configured(console.environment())
        ? Optional.of(ofCluster())
        : Optional.empty();
  }

  /** The chart's accelerator classes and nothing else. */
  OpenedView bundled() {
    return ofFiles(List.of());
  }

  private OpenedView ofFiles(List<KubernetesObject> manifests) {
    List<KubernetesObject> all = new ArrayList<>(manifests);
    if (manifests.stream().noneMatch(object -> object.kind().equals("AcceleratorClass"))) {
      all.addAll(BundledClasses.read());
    }
    return new OpenedView(
        new FileClusterView(
            all, clusterUid == null ? "" : clusterUid, ControllerIdentitiesReader.defaults()),
        null);
  }

  private OpenedView ofCluster() {
    KubernetesClient client = connection.connect();
    try {
      return new OpenedView(
          new ListedClusterView(client, ControllerIdentitiesReader.defaults()), client);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }
}
