package dev.comptroller.operator.modeldeployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.object.KubernetesObject;
import java.util.stream.Collectors;

/**
 * Where an endpoint's Deployment stands.
 *
 * @param present whether it exists
 * @param rolledOut whether its controller has seen the newest spec, and all replicas run it and are
 *     available
 * @param stuck why the rollout cannot go on; empty while it can
 * @param replicas pods that exist
 * @param available pods that are available
 * @param wanted pods that the Deployment wants
 * @param selector label selector of its pods, as the scale subresource shows it; empty without one
 */
record DeploymentObservation(
    boolean present,
    boolean rolledOut,
    String stuck,
    int replicas,
    int available,
    int wanted,
    String selector) {

  /** There is no Deployment. */
  static final DeploymentObservation NONE =
      new DeploymentObservation(false, false, "", 0, 0, 0, "");

  /** Reads a Deployment's status as its controller writes it. */
  static DeploymentObservation of(KubernetesObject deployment) {
    JsonNode status = deployment.json().path("status");
    int wanted = deployment.spec().path("replicas").asInt(1);
    int updated = status.path("updatedReplicas").asInt();
    int available = status.path("availableReplicas").asInt();
    int replicas = status.path("replicas").asInt();
    boolean observed = status.path("observedGeneration").asLong() >= deployment.generation();
    return new DeploymentObservation(
        true,
        observed && updated == wanted && replicas == wanted && available == wanted,
        stuck(status),
        replicas,
        available,
        wanted,
        selector(deployment));
  }

  /** One line for people. */
  String text() {
    return "%d of %d pods available".formatted(available, wanted);
  }

  private static String selector(KubernetesObject deployment) {
    return deployment.spec().at("/selector/matchLabels").properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .collect(Collectors.joining(","));
  }

  private static String stuck(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      boolean progressing = condition.path("type").asText().equals("Progressing");
      if (progressing && condition.path("status").asText().equals("False")) {
        return condition.path("message").asText();
      }
    }
    return "";
  }
}
