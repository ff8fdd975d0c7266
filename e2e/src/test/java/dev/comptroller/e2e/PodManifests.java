package dev.comptroller.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** Pods, and what makes pods, around one container that a test is about. */
final class PodManifests {
  private static final YAMLMapper YAML = new YAMLMapper();

  private PodManifests() {}

  /** Reads YAML, of which JSON is a part. */
  static JsonNode read(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }

  static GenericKubernetesResource resource(ObjectNode manifest) {
    try {
      return YAML.treeToValue(manifest, GenericKubernetesResource.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(manifest.toString(), e);
    }
  }

  static ObjectNode pod(String container) {
    return manifest("v1", "Pod", "/spec", container, "containers");
  }

  static ObjectNode podWithInitContainer(String container) {
    ObjectNode pod = manifest("v1", "Pod", "/spec", container, "initContainers");
    pod.withArray("/spec/containers").addObject().put("name", "main").put("image", "x");
    return pod;
  }

  /** An object of a kind that makes pods of a template. */
  static ObjectNode owner(String apiVersion, String kind, String container) {
    String template = kind.equals("CronJob") ? "/spec/jobTemplate/spec/template" : "/spec/template";
    ObjectNode owner = manifest(apiVersion, kind, template + "/spec", container, "containers");
    switch (kind) {
      case "Job" -> owner.withObject(template + "/spec").put("restartPolicy", "Never");
      case "CronJob" -> {
        owner.withObject("/spec").put("schedule", "* * * * *");
        owner.withObject(template + "/spec").put("restartPolicy", "Never");
      }
      default -> {
        owner.withObject("/spec/selector/matchLabels").put("app", "x");
        owner.withObject(template + "/metadata/labels").put("app", "x");
      }
    }
    return owner;
  }

  /** Lets the API server name it. */
  static void unname(ObjectNode manifest) {
    ObjectNode metadata = manifest.withObject("/metadata");
    metadata.remove("name");
    metadata.put("generateName", "reviewed-");
  }

  private static ObjectNode manifest(
      String apiVersion, String kind, String podSpec, String container, String list) {
    ObjectNode manifest = YAML.createObjectNode();
    manifest.put("apiVersion", apiVersion).put("kind", kind);
    unname(manifest);
    ObjectNode only = (ObjectNode) read(container);
    only.put("name", "only").put("image", "x");
    manifest.withObject(podSpec).putArray(list).add(only);
    return manifest;
  }
}
