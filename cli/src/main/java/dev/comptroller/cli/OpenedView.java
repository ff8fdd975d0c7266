package dev.comptroller.cli;

import dev.comptroller.core.governor.ClusterView;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * What objects are judged against.
 *
 * @param view the cluster, or the files that stand for it
 * @param client the connection that the view looks through, if it is a cluster
 */
record OpenedView(ClusterView view, @Nullable KubernetesClient client) implements AutoCloseable {

  /** Whether any policy is known: without one, nothing is missing and nothing suffices. */
  boolean judges() {
    return !view.policies().isEmpty();
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
