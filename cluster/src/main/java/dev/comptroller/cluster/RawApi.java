package dev.comptroller.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.object.StrictJson;
import io.fabric8.kubernetes.api.Pluralize;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads from the API server exactly the JSON it holds. */
final class RawApi {
  private static final int PAGE = 500;
  private static final int MAX_NAME = 253;
  private static final Pattern API_VERSION = Pattern.compile("([a-z0-9.-]+/)?v[0-9][a-z0-9]*");
  private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private final KubernetesClient client;

  RawApi(KubernetesClient client) {
    this.client = client;
  }

  /**
   * One object; empty if there is none. A key that no object can have, whatever a tenant wrote into
   * it, is not asked for.
   *
   * @throws KubernetesClientException if the cluster does not answer
   */
  Optional<KubernetesObject> get(ObjectKey key) {
    if (!isPossible(key)) {
      return Optional.empty();
    }
    String plural = Pluralize.toPlural(key.kind().toLowerCase(Locale.ROOT));
    return read(collection(key.apiVersion(), key.namespace(), plural) + "/" + key.name())
        .map(KubernetesObject::new);
  }

  /**
   * All objects of one of our kinds.
   *
   * @param namespace the namespace, empty for all of them
   * @throws KubernetesClientException if the cluster does not answer or lacks the kind
   */
  List<KubernetesObject> list(String namespace, String plural, String kind) {
    return list(Api.API_VERSION, namespace, plural, kind)
        .orElseThrow(
            () ->
                new KubernetesClientException(
                    "the cluster has no " + plural + ": install Comptroller's kinds first"));
  }

  /**
   * All objects of a kind; empty if the cluster lacks it.
   *
   * @param namespace the namespace, empty for all of them and for cluster-scoped kinds
   * @throws KubernetesClientException if the cluster does not answer
   */
  Optional<List<KubernetesObject>> list(
      String apiVersion, String namespace, String plural, String kind) {
    List<KubernetesObject> objects = new ArrayList<>();
    String path = collection(apiVersion, namespace, plural) + "?limit=" + PAGE;
    String next = "";
    do {
      Optional<ObjectNode> page = read(next.isEmpty() ? path : path + "&continue=" + next);
      if (page.isEmpty()) {
        return Optional.empty();
      }
      for (JsonNode item : page.get().path("items")) {
        ObjectNode object = ((ObjectNode) item).put("apiVersion", apiVersion);
        objects.add(new KubernetesObject(object.put("kind", kind)));
      }
      next = page.get().path("metadata").path("continue").asText("");
    } while (!next.isEmpty());
    return Optional.of(List.copyOf(objects));
  }

  private Optional<ObjectNode> read(String path) {
    try {
      return Optional.ofNullable(client.raw(path)).map(StrictJson::object);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String collection(String apiVersion, String namespace, String plural) {
    String group = apiVersion.contains("/") ? "/apis/" : "/api/";
    String scope = namespace.isEmpty() ? "/" : "/namespaces/" + namespace + "/";
    return group + apiVersion + scope + plural;
  }

  private static boolean isPossible(ObjectKey key) {
    return API_VERSION.matcher(key.apiVersion()).matches()
        && KIND.matcher(key.kind()).matches()
        && isName(key.name())
        && (key.namespace().isEmpty() || isName(key.namespace()));
  }

  private static boolean isName(String name) {
    return name.length() <= MAX_NAME && NAME.matcher(name).matches();
  }
}
