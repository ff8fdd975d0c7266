package dev.comptroller.cluster;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Surroundings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What prices depend on beside the objects themselves, as a cluster holds it when it is asked. */
public final class ListedSurroundings {
  private ListedSurroundings() {}

  /**
   * Lists all of it. What the user may not list is left out, and then the result says that there
   * may be more.
   *
   * @throws KubernetesClientException if the cluster does not answer
   */
  public static Surroundings of(KubernetesClient client) {
    return of(new RawApi(client));
  }

  /** The accelerator classes; none where Comptroller is not installed. */
  public static List<KubernetesObject> acceleratorClasses(KubernetesClient client) {
    return new RawApi(client)
        .list(Api.API_VERSION, "", "acceleratorclasses", "AcceleratorClass")
        .orElse(List.of());
  }

  static Surroundings of(RawApi api) {
    List<KubernetesObject> objects = new ArrayList<>();
    boolean complete = true;
    for (SurroundingKind kind : SurroundingKind.ALL) {
      Optional<List<KubernetesObject>> found = list(api, kind);
      complete &= found.isPresent();
      objects.addAll(found.orElse(List.of()));
    }
    return complete ? Surroundings.of(objects) : Surroundings.among(objects);
  }

  private static Optional<List<KubernetesObject>> list(RawApi api, SurroundingKind kind) {
    try {
      return Optional.of(
          api.list(kind.apiVersion(), "", kind.plural(), kind.kind()).orElse(List.of()));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
