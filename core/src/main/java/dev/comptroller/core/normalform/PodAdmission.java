package dev.comptroller.core.normalform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the API server's own admission adds to every pod, recognised only in its exact shape. It
 * grants nothing that was not there: the token of the pod's own ServiceAccount, five minutes of
 * patience with a lost node, and the priority that follows from the priority class.
 */
final class PodAdmission {
  private static final Pattern TOKEN_VOLUME = Pattern.compile("kube-api-access-[a-z0-9]{5}");

  private static final JsonNode TOKEN_SOURCES =
      json(
          """
          {"defaultMode": 420, "sources": [
            {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
            {"configMap": {"name": "kube-root-ca.crt", "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
            {"downwardAPI": {"items": [
              {"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}, "path": "namespace"}]}}]}
          """);

  private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

  private static final Set<JsonNode> TOLERATIONS =
      Set.of(
          json(
              """
              {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute",
               "tolerationSeconds": 300}
              """),
          json(
              """
              {"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute",
               "tolerationSeconds": 300}
              """));

  private PodAdmission() {}

  /** Removes the additions from a pod's spec whose defaults are filled in, in place. */
  static void leaveOut(ObjectNode spec) {
    spec.remove(List.of("priority", "preemptionPolicy"));
    removeIf(spec, "tolerations", PodAdmission::isPatience);
    if (spec.path("automountServiceAccountToken").asBoolean(true)) {
      leaveOutToken(spec);
    }
  }

  private static void leaveOutToken(ObjectNode spec) {
    Set<String> volumes =
        Elements.objects(spec.path("volumes")).stream()
            .filter(PodAdmission::isToken)
            .map(volume -> volume.path("name").asText())
            .collect(Collectors.toUnmodifiableSet());
    removeIf(spec, "volumes", volume -> volumes.contains(volume.path("name").asText()));
    for (String kind : List.of("initContainers", "containers", "ephemeralContainers")) {
      for (ObjectNode container : Elements.objects(spec.path(kind))) {
        removeIf(container, "volumeMounts", mount -> isTokenMount(mount, volumes));
      }
    }
  }

  private static boolean isPatience(JsonNode toleration) {
    return TOLERATIONS.stream().anyMatch(added -> Differences.first(toleration, added).isEmpty());
  }

  private static boolean isToken(JsonNode volume) {
    return volume.size() == 2
        && TOKEN_VOLUME.matcher(volume.path("name").asText()).matches()
        && Differences.first(volume.path("projected"), TOKEN_SOURCES).isEmpty();
  }

  private static boolean isTokenMount(JsonNode mount, Set<String> volumes) {
    return mount.size() == 3
        && volumes.contains(mount.path("name").asText())
        && mount.path("readOnly").asBoolean(false)
        && mount.path("mountPath").asText().equals(TOKEN_PATH);
  }

  private static void removeIf(ObjectNode parent, String name, Predicate<JsonNode> unwanted) {
    if (parent.get(name) instanceof ArrayNode list) {
      list.removeIf(unwanted);
      if (list.isEmpty()) {
        parent.remove(name);
      }
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
