package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From its start to its end: a run is stopped, resumed, left alone and removed. */
@ExtendWith(ComptrollerExtension.class)
class RunLifecycleIT {
  private static final String LASTS =
      "/spec/workload/spec/template/metadata/annotations/pod-complete.stage.kwok.x-k8s.io~1delay";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Team team;

  RunLifecycleIT(Team team) {
    this.team = team;
  }

  @Test
  void a_suspended_run_holds_no_pods_and_goes_on_when_it_is_resumed() {
    ObjectNode run = running("paused");

    suspend(run, true);
    awaitPhase(run, "Suspended");
    await().atMost(LIMIT).until(() -> pods("paused").isEmpty());

    suspend(run, false);
    awaitPhase(run, "Running");
    assertThat(pods("paused")).hasSize(1);
  }

  @Test
  void what_a_run_has_used_before_it_was_suspended_is_taken_from_its_deadline() {
    ObjectNode run = running("resumed");
    long whole = deadline("resumed");

    suspend(run, true);
    awaitPhase(run, "Suspended");
    long left = deadline("resumed");
    assertThat(left).isLessThan(whole).isPositive();

    suspend(run, false);
    awaitPhase(run, "Running");
    assertThat(deadline("resumed")).isEqualTo(left);
    assertThat(pods("resumed")).hasSize(1);
  }

  @Test
  void nobody_suspends_a_runs_job_behind_its_back_and_so_starts_its_deadline_anew() {
    running("meddled-with");

    Verdict verdict =
        Verdict.on(
            () ->
                job(team.engineer(), "meddled-with")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":true}}"));

    assertThat(verdict.reasons()).containsExactly("NotDerived");
  }

  @Test
  void a_reconcile_that_finds_nothing_changed_writes_nothing() {
    ObjectNode run = running("quiet");
    HasMetadata wired = wired("quiet").findFirst().orElseThrow();

    // A foreign label on what was wired wakes the operator and is none of its business.
    team.admin()
        .resource(wired)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"touched\":\"by-somebody\"}}}");

    List<String> before = versions(run);
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(6))
        .until(() -> versions(run).equals(before));
  }

  @Test
  void deleting_a_run_leaves_nothing_of_it() {
    ObjectNode run = running("removed");
    assertThat(wired("removed")).isNotEmpty();

    Team.resource(team.engineer(), run).delete();

    await().atMost(LIMIT).until(() -> wired("removed").findAny().isEmpty());
    await().atMost(LIMIT).until(() -> pods("removed").isEmpty());
  }

  private ObjectNode running(String name) {
    ObjectNode run =
        team.alice.sign(Manifests.with(team.manifest("training-run", name), LASTS, "never"));
    team.create(run);
    awaitPhase(run, "Running");
    return run;
  }

  private void awaitPhase(ObjectNode run, String phase) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(team.stored(run).json().at("/status/phase").asText()).isEqualTo(phase));
  }

  private void suspend(JsonNode run, boolean suspend) {
    Team.resource(team.engineer(), run)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"suspend\":%s}}".formatted(suspend));
  }

  private List<Pod> pods(String run) {
    return team.admin()
        .pods()
        .inNamespace(team.namespace())
        .withLabel(Api.TRAINING_RUN_LABEL, run)
        .list()
        .getItems();
  }

  private long deadline(String run) {
    return job(team.admin(), run).get().getSpec().getActiveDeadlineSeconds();
  }

  private Resource<Job> job(KubernetesClient client, String run) {
    return client.batch().v1().jobs().inNamespace(team.namespace()).withName(run);
  }

  /** What the operator made of a run, its Job last. */
  private Stream<? extends HasMetadata> wired(String run) {
    return Stream.of(
            team.admin()
                .serviceAccounts()
                .inNamespace(team.namespace())
                .withLabel(Api.TRAINING_RUN_LABEL, run)
                .list()
                .getItems(),
            team.admin()
                .network()
                .networkPolicies()
                .inNamespace(team.namespace())
                .withLabel(Api.TRAINING_RUN_LABEL, run)
                .list()
                .getItems(),
            team.admin()
                .batch()
                .v1()
                .jobs()
                .inNamespace(team.namespace())
                .withLabel(Api.TRAINING_RUN_LABEL, run)
                .list()
                .getItems())
        .flatMap(List::stream);
  }

  /** Resource versions of the run and of what was wired for it. */
  private List<String> versions(ObjectNode run) {
    String name = run.at("/metadata/name").asText();
    return Stream.concat(
            Stream.of(team.stored(run).metadata().path("resourceVersion").asText()),
            wired(name).map(object -> object.getMetadata().getResourceVersion()))
        .toList();
  }
}
