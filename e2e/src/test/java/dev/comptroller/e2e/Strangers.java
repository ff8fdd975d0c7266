package dev.comptroller.e2e;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/**
 * Objects of the kinds that the operator makes, made by somebody else. None of their pods needs an
 * accelerator.
 */
final class Strangers {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String POD = "{containers: [{name: main, image: registry.example.com/none}]";

  private Strangers() {}

  /** An object of this kind and name that says as little as the API server accepts. */
  static GenericKubernetesResource of(WiredKind kind, String name) {
    ObjectNode object = JSON.createObjectNode();
    object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    object.putObject("metadata").put("name", name);
    object.setAll((ObjectNode) Manifests.yaml(content(kind)));
    return JSON.convertValue(object, GenericKubernetesResource.class);
  }

  private static String content(WiredKind kind) {
    return switch (kind) {
      case SERVICE_ACCOUNT, CONFIG_MAP -> "{}";
      case SERVICE -> "spec: {ports: [{port: 80}]}";
      case NETWORK_POLICY -> "spec: {podSelector: {}}";
      case ROLE -> "rules: []";
      case ROLE_BINDING -> "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: none}";
      case JOB -> "spec: {template: {spec: " + POD + ", restartPolicy: Never}}}";
      case DEPLOYMENT ->
          "spec: {replicas: 0, selector: {matchLabels: {app: stranger}}, template: {metadata:"
              + " {labels: {app: stranger}}, spec: "
              + POD
              + "}}}";
      case POD_MONITOR, SERVICE_MONITOR, PROMETHEUS_RULE -> "spec: {}";
    };
  }
}
