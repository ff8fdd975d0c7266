package dev.comptroller.core.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An object exactly as the API server or a manifest holds it, unknown fields included. The JSON is
 * never changed after construction; whoever derives another object copies it first.
 */
public record KubernetesObject(ObjectNode json) {

  /** Group and version; empty where the manifest has none. */
  public String apiVersion() {
    return json.path("apiVersion").asText("");
  }

  /** The kind; empty where the manifest has none. */
  public String kind() {
    return json.path("kind").asText("");
  }

  /** The namespace; empty for cluster-scoped objects. */
  public String namespace() {
    return metadata().path("namespace").asText("");
  }

  /** The name; empty while none is generated. */
  public String name() {
    return metadata().path("name").asText("");
  }

  /** The UID; empty for an object that no API server has seen. */
  public String uid() {
    return metadata().path("uid").asText("");
  }

  /** Generation of the spec; 0 for an object that no API server has seen. */
  public long generation() {
    return metadata().path("generation").asLong(0);
  }

  /** Whether deletion has begun. */
  public boolean deleting() {
    return metadata().hasNonNull("deletionTimestamp");
  }

  /** Names the object. */
  public ObjectKey key() {
    return new ObjectKey(apiVersion(), kind(), namespace(), name());
  }

  /** Annotations in the order of the manifest. */
  public Map<String, String> annotations() {
    return strings(metadata().path("annotations"));
  }

  /** Labels in the order of the manifest. */
  public Map<String, String> labels() {
    return strings(metadata().path("labels"));
  }

  /** The controlling owner, if one is named. An owner reference alone proves nothing. */
  public Optional<OwnerReference> controller() {
    for (JsonNode owner : metadata().path("ownerReferences")) {
      if (owner.path("controller").asBoolean(false)) {
        return Optional.of(
            new OwnerReference(
                owner.path("apiVersion").asText(""),
                owner.path("kind").asText(""),
                owner.path("name").asText(""),
                owner.path("uid").asText("")));
      }
    }
    return Optional.empty();
  }

  /** The spec; a missing node where there is none. */
  public JsonNode spec() {
    return json.path("spec");
  }

  /** The metadata; a missing node where there is none. */
  public JsonNode metadata() {
    return json.path("metadata");
  }

  private static Map<String, String> strings(JsonNode node) {
    Map<String, String> result = new LinkedHashMap<>();
    node.properties().forEach(entry -> result.put(entry.getKey(), entry.getValue().asText()));
    return result;
  }
}
