package dev.comptroller.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;

/** From the creation of an object to the state that it stays in. */
enum Scenario {
  /** A run of a few seconds, until it has succeeded. */
  TRAINING_RUN("training-run") {
    @Override
    ObjectNode object(Team team) {
      return team.manifest("training-run", "sft");
    }

    @Override
    boolean isOver(KubernetesObject stored) {
      return stored.json().at("/status/phase").asText().equals("Succeeded");
    }
  },

  /** An endpoint with everything that one can have, until it serves. */
  MODEL_DEPLOYMENT("model-deployment") {
    @Override
    ObjectNode object(Team team) {
      return full(team.manifest("model-deployment", "credit-score"));
    }

    @Override
    boolean isOver(KubernetesObject stored) {
      return isCurrentlyTrue(stored, "Ready");
    }
  };

  private final String hint;

  Scenario(String hint) {
    this.hint = hint;
  }

  /** The object, not signed. */
  abstract ObjectNode object(Team team);

  /** Whether what was wanted has come. */
  abstract boolean isOver(KubernetesObject stored);

  /** The object in a namespace, signed by Alice for it. */
  ObjectNode signed(Team team, String namespace) {
    ObjectNode object = object(team);
    object.withObject("/metadata").put("namespace", namespace);
    return team.alice.sign(object);
  }

  /** How names of its namespaces start. */
  String hint() {
    return hint;
  }

  /** An endpoint with Secrets and objectives. */
  static ObjectNode full(ObjectNode endpoint) {
    return Manifests.with(
        Manifests.with(
            endpoint,
            "/spec/secrets",
            "[{name: feature-store, mountPath: /var/run/secrets/feature-store}]"),
        "/spec/slo",
        "{availability: '99.9', latency: {quantile: '0.95', threshold: 300ms}, window: 30d}");
  }

  /** Whether a condition of the newest generation holds. */
  static boolean isCurrentlyTrue(KubernetesObject stored, String type) {
    for (JsonNode condition : stored.json().at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText().equals("True")
            && condition.path("observedGeneration").asLong() == stored.generation();
      }
    }
    return false;
  }
}
