package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What status says from its first moment on, and that saying nothing new costs nothing. */
@ExtendWith(ComptrollerExtension.class)
class StatusIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final BigDecimal HOUR = BigDecimal.valueOf(3600);

  private final Team team;
  private final ControlPlane controlPlane;

  StatusIT(Team team, ControlPlane controlPlane) {
    this.team = team;
    this.controlPlane = controlPlane;
  }

  @Test
  void a_run_tells_how_far_it_is_from_the_first_status_on() {
    GovernedObject run = GovernedObject.run(team, "told", "never");
    tellsFromTheFirstStatusOn(run, () -> run.awaitPhase("Running"));
  }

  @Test
  void an_endpoint_tells_how_far_it_is_from_the_first_status_on() {
    GovernedObject endpoint = GovernedObject.endpoint(team, "told");
    tellsFromTheFirstStatusOn(
        endpoint, () -> endpoint.awaitCondition("Ready", "True", "Available"));
  }

  private void tellsFromTheFirstStatusOn(GovernedObject object, Runnable untilReady) {
    List<JsonNode> seen = new CopyOnWriteArrayList<>();
    Watch watch = Team.resource(team.admin(), object.manifest()).watch(new StatusCollector(seen));
    try {
      object.create();
      untilReady.run();
    } finally {
      watch.close();
    }
    object.delete();

    assertThat(seen).isNotEmpty();
    for (JsonNode state : seen) {
      long generation = state.at("/metadata/generation").asLong();
      JsonNode status = state.path("status");
      assertThat(status.path("observedGeneration").asLong()).isEqualTo(generation);
      assertThat(status.path("conditions"))
          .as("%s", status)
          .isNotEmpty()
          .allMatch(condition -> condition.path("observedGeneration").asLong() == generation)
          .anyMatch(condition -> holds(condition, "Ready") || holds(condition, "Reconciling"))
          .noneMatch(condition -> holds(condition, "Stalled"));
    }
  }

  private static boolean holds(JsonNode condition, String type) {
    return condition.path("type").asText().equals(type)
        && condition.path("status").asText().equals("True");
  }

  @Test
  void once_a_run_and_an_endpoint_are_as_wanted_the_operator_asks_for_no_change() {
    assumeThat(controlPlane.auditLog()).isPresent();
    AuditedProgram operator = AuditedProgram.of(controlPlane, "comptroller-operator");
    GovernedObject run = GovernedObject.run(team, "quiet", "never").create();
    GovernedObject endpoint = GovernedObject.endpoint(team, "quiet").create();
    run.awaitPhase("Running");
    endpoint.awaitCondition("Ready", "True", "Available");
    long settled = settled(operator);
    // Foreign labels wake the operator and are none of its business.
    run.wired().forEach(this::touch);
    endpoint.wired().forEach(this::touch);
    await()
        .during(QUIET)
        .atMost(QUIET.multipliedBy(2))
        .untilAsserted(() -> assertThat(operator.writes(team.namespace()).skip(settled)).isEmpty());
    run.delete();
    endpoint.delete();
  }

  @Test
  void a_finished_run_has_used_what_its_pods_held_and_no_more_than_its_bound() {
    GovernedObject run =
        GovernedObject.run(team, "metered", "10s")
            .with("/spec/workload/spec/completions", "2")
            .with("/spec/workload/spec/parallelism", "2")
            .create()
            .awaitPhase("Succeeded");

    List<Pod> pods = run.pods();
    BigDecimal held =
        BigDecimal.valueOf(pods.stream().mapToLong(StatusIT::secondsHeld).sum())
            .divide(HOUR, MathContext.DECIMAL64);
    BigDecimal secondsOfDelay = BigDecimal.valueOf(2L * pods.size());
    BigDecimal used = gpuHours(run, "used");

    assertThat(pods).hasSize(2);
    assertThat(held)
        .isGreaterThanOrEqualTo(new BigDecimal("20").divide(HOUR, MathContext.DECIMAL64));
    assertThat(used).isCloseTo(held, within(secondsOfDelay.divide(HOUR, MathContext.DECIMAL64)));
    assertThat(used).isLessThanOrEqualTo(gpuHours(run, "bound"));
  }

  private static BigDecimal gpuHours(GovernedObject run, String which) {
    return new BigDecimal(run.status().at("/gpuHours/" + which).asText());
  }

  /** From being scheduled until the container ended; each pod holds one accelerator. */
  private static long secondsHeld(Pod pod) {
    Instant scheduled =
        pod.getStatus().getConditions().stream()
            .filter(condition -> condition.getType().equals("PodScheduled"))
            .map(PodCondition::getLastTransitionTime)
            .map(Instant::parse)
            .findFirst()
            .orElseThrow();
    Instant finished =
        Instant.parse(
            pod.getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState()
                .getTerminated()
                .getFinishedAt());
    return Duration.between(scheduled, finished).toSeconds();
  }

  /** How many changes had been asked for when no more came. */
  private long settled(AuditedProgram operator) {
    AtomicLong last = new AtomicLong(-1);
    await()
        .pollInterval(QUIET)
        .atMost(GovernedObject.LIMIT)
        .until(
            () -> {
              long now = operator.writes(team.namespace()).count();
              return last.getAndSet(now) == now;
            });
    return last.get();
  }

  private void touch(GenericKubernetesResource wired) {
    team.admin()
        .resource(wired)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"touched\":\"by-somebody\"}}}");
  }

  /** Keeps every state of an object that has a status. */
  private record StatusCollector(List<JsonNode> seen)
      implements Watcher<GenericKubernetesResource> {
    @Override
    public void eventReceived(Action action, GenericKubernetesResource resource) {
      JsonNode state = JSON.valueToTree(resource);
      if (state.hasNonNull("status")) {
        seen.add(state);
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      throw new IllegalStateException(cause);
    }
  }
}
