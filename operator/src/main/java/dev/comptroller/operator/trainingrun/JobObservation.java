package dev.comptroller.operator.trainingrun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.operator.trainingrun.RunStep.ChildState;
import java.util.Optional;

/**
 * Where a run's Job stands.
 *
 * @param state what can be done with it
 * @param started whether pods have been seen running
 * @param succeeded whether it is complete
 * @param message why it failed, how many pods are at work, or what is left of its deadline
 * @param completionTime when it ended; empty while it has not
 * @param startTime when its controller started it; empty while it has not
 */
record JobObservation(
    ChildState state,
    boolean started,
    boolean succeeded,
    String message,
    String startTime,
    String completionTime) {

  /** There is no Job. */
  static final JobObservation NONE =
      new JobObservation(ChildState.ABSENT, false, false, "not created", "", "");

  /** Reads a Job's status as its controller writes it. */
  static JobObservation of(KubernetesObject job) {
    JsonNode status = job.json().path("status");
    String startTime = status.path("startTime").asText("");
    Optional<JsonNode> complete = condition(status, "Complete");
    Optional<JsonNode> failed = condition(status, "Failed");
    if (complete.isPresent()) {
      return new JobObservation(
          ChildState.FINISHED,
          true,
          true,
          status.path("succeeded").asInt() + " pods succeeded",
          startTime,
          status.path("completionTime").asText(""));
    }
    if (failed.isPresent()) {
      JsonNode condition = failed.get();
      return new JobObservation(
          ChildState.FINISHED,
          true,
          false,
          condition.path("reason").asText() + ": " + condition.path("message").asText(),
          startTime,
          condition.path("lastTransitionTime").asText(""));
    }
    boolean suspended = job.spec().path("suspend").asBoolean(false);
    int ready = status.path("ready").asInt();
    int active = status.path("active").asInt();
    return new JobObservation(
        suspended ? ChildState.SUSPENDED : ChildState.ACTIVE,
        ready > 0 || status.path("succeeded").asInt() > 0,
        false,
        suspended ? suspension(job.spec()) : "%d pods active, %d ready".formatted(active, ready),
        startTime,
        "");
  }

  private static String suspension(JsonNode spec) {
    JsonNode deadline = spec.path("activeDeadlineSeconds");
    return deadline.isIntegralNumber()
        ? "suspended; %d seconds of its deadline are left".formatted(deadline.longValue())
        : "suspended";
  }

  private static Optional<JsonNode> condition(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals(type)
          && condition.path("status").asText().equals("True")) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }
}
