package dev.comptroller.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A LimitRange changes pods on their way from their controller to admission. */
@ExtendWith(ComptrollerExtension.class)
class LimitRangeIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NO_RESOURCES = "/spec/template/spec/containers/0/resources";

  private final Team team;

  LimitRangeIT(Team team) {
    this.team = team;
  }

  @AfterEach
  void remove() {
    team.admin().limitRanges().inNamespace(team.namespace()).delete();
  }

  @Test
  void requests_and_limits_that_it_adds_break_no_signature() {
    limitRange(
        Map.of("cpu", "2", "memory", "8Gi", "ephemeral-storage", "10Gi"),
        Map.of("cpu", "1", "memory", "4Gi"));
    ObjectNode job = team.alice.sign(team.manifest("job", "limited"));
    team.create(job);

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(team.stored(job).json().at("/status/succeeded").asInt()).isEqualTo(1));
    assertThat(pods("limited").getFirst().getSpec().getContainers().getFirst().getResources())
        .satisfies(
            resources -> assertThat(resources.getLimits()).containsKeys("memory", "nvidia.com/gpu"))
        .satisfies(resources -> assertThat(resources.getRequests()).containsKey("cpu"));
  }

  @Test
  void accelerators_that_it_adds_reach_no_pod() {
    limitRange(Map.of("nvidia.com/gpu", "4"), Map.of());
    ObjectNode none = Manifests.without(team.manifest("job", "given"), NO_RESOURCES);
    team.create(none);
    ObjectNode more =
        Manifests.with(
            team.manifest("job", "given-more"),
            "/spec/template/spec/initContainers",
            "[{name: prepare, image: 'prepare@sha256:%s'}]".formatted("a".repeat(64)));
    team.create(team.alice.sign(more));

    for (String job : List.of("given", "given-more")) {
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(events(job))
                      .extracting(Event::getMessage)
                      .anyMatch(
                          message ->
                              message.contains("NotDerived")
                                  && message.contains(
                                      "limits/nvidia.com~1gpu: found 4, required nothing")));
      assertThat(pods(job)).isEmpty();
    }
  }

  private void limitRange(Map<String, String> limits, Map<String, String> requests) {
    team.admin()
        .resource(
            new LimitRangeBuilder()
                .withNewMetadata()
                .withNamespace(team.namespace())
                .withName("defaults")
                .endMetadata()
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .withDefault(quantities(limits))
                .withDefaultRequest(quantities(requests))
                .endLimit()
                .endSpec()
                .build())
        .create();
  }

  private static Map<String, Quantity> quantities(Map<String, String> amounts) {
    return amounts.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, amount -> Quantity.parse(amount.getValue())));
  }

  private List<Pod> pods(String job) {
    return team.admin()
        .pods()
        .inNamespace(team.namespace())
        .withLabel("batch.kubernetes.io/job-name", job)
        .list()
        .getItems();
  }

  private List<Event> events(String job) {
    return team.admin().v1().events().inNamespace(team.namespace()).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(job))
        .toList();
  }
}
