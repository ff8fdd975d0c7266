package dev.comptroller.operator.status;

import dev.comptroller.api.v1alpha1.ConditionedStatus;
import dev.comptroller.api.v1alpha1.StatusCondition;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Conditions by Kubernetes conventions. */
public final class Conditions {
  /**
   * The longest message that is kept; the API conventions allow 32 768 characters, nobody reads
   * that many.
   */
  private static final int LONGEST_MESSAGE = 2048;

  private Conditions() {}

  /** What the status of a resource says now. */
  public static List<StatusCondition> previous(
      CustomResource<?, ? extends ConditionedStatus> resource) {
    return resource.getStatus() == null ? List.of() : resource.getStatus().conditions();
  }

  /** The conditions that say what was observed of a resource as it is now. */
  public static List<StatusCondition> of(
      CustomResource<?, ? extends ConditionedStatus> resource,
      List<Observation> observations,
      Instant now) {
    return of(observations, previous(resource), resource.getMetadata().getGeneration(), now);
  }

  /**
   * The conditions that say what was observed. The transition time of a condition moves only when
   * its status does.
   *
   * @param previous what the status holds now
   * @param generation the generation that was observed
   */
  static List<StatusCondition> of(
      List<Observation> observations,
      List<StatusCondition> previous,
      long generation,
      Instant now) {
    return observations.stream()
        .map(observation -> condition(observation, previous, generation, now))
        .toList();
  }

  /** The condition of this type, if there is one. */
  public static Optional<StatusCondition> find(List<StatusCondition> conditions, String type) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }

  private static StatusCondition condition(
      Observation observation, List<StatusCondition> previous, long generation, Instant now) {
    String status = observation.truth().text();
    String since =
        find(previous, observation.type())
            .filter(condition -> condition.status().equals(status))
            .map(StatusCondition::lastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new StatusCondition(
        observation.type(),
        status,
        generation,
        since,
        observation.reason(),
        shortened(observation.message()));
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "...";
  }
}
