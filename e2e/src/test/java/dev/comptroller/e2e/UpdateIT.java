package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What may change after admission, and what keeps working beside governance. */
@ExtendWith(ComptrollerExtension.class)
class UpdateIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Team team;

  UpdateIT(Team team) {
    this.team = team;
  }

  @Test
  void the_plan_of_a_run_cannot_be_changed_even_with_a_new_signature() {
    ObjectNode run = team.alice.sign(lasting("replanned"));
    team.create(run);
    ObjectNode changed =
        team.alice.sign(
            Manifests.with(
                lasting("replanned"), "/spec/workload/spec/activeDeadlineSeconds", "7200"));

    assertThat(applied(changed).allowed()).isFalse();
    assertThat(applied(changed).message()).contains("immutable");
  }

  @Test
  void a_run_can_be_applied_again_and_again() {
    ObjectNode run = team.alice.sign(team.manifest("training-run", "again"));

    assertThat(applied(run).allowed()).isTrue();
    assertThat(applied(run).allowed()).isTrue();
  }

  @Test
  void a_run_can_be_stopped_by_whoever_may_change_it() {
    ObjectNode run = team.alice.sign(lasting("stopped"));
    team.create(run);
    await().atMost(LIMIT).until(() -> phase(run).equals("Running"));

    assertThat(patched(run, "{\"spec\": {\"suspend\": true}}").allowed()).isTrue();

    await().atMost(LIMIT).until(() -> phase(run).equals("Suspended"));
    assertThat(
            team.admin()
                .pods()
                .inNamespace(team.namespace())
                .withLabel("comptroller.dev/training-run", "stopped")
                .list()
                .getItems())
        .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
  }

  @Test
  void the_accelerators_of_a_suspended_job_cannot_be_raised() {
    ObjectNode job =
        team.alice.sign(Manifests.with(team.manifest("job", "raised"), "/spec/suspend", "true"));
    team.create(job);

    Verdict verdict =
        patched(
            job,
            """
            {"spec": {"template": {"spec": {"containers": [
              {"name": "train", "resources": {"limits": {"nvidia.com/gpu": "8"},
               "requests": {"nvidia.com/gpu": "8"}}}]}}}}
            """);
    assertThat(verdict.reasons()).contains("SignatureInvalid");
  }

  @Test
  void nobody_but_the_operator_writes_status() {
    ObjectNode run = team.alice.sign(lasting("status"));
    team.create(run);
    String forged = "{\"status\": {\"approvedBy\": \"the-board\"}}";

    assertThat(
            Verdict.on(
                    () ->
                        Team.resource(team.engineer(), run)
                            .subresource("status")
                            .patch(PatchContext.of(PatchType.JSON_MERGE), forged))
                .code())
        .isEqualTo(403);
    assertThat(
            Verdict.on(
                    () ->
                        Team.resource(team.admin(), run)
                            .subresource("status")
                            .patch(PatchContext.of(PatchType.JSON_MERGE), forged))
                .message())
        .contains("required the operator of Comptroller as the writer");
  }

  @Test
  void deleting_a_run_leaves_nothing() {
    ObjectNode run = team.alice.sign(lasting("gone"));
    team.create(run);
    await().atMost(LIMIT).until(() -> phase(run).equals("Running"));

    Team.resource(team.engineer(), run).delete();

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(
                      team.admin()
                          .batch()
                          .v1()
                          .jobs()
                          .inNamespace(team.namespace())
                          .list()
                          .getItems())
                  .extracting(Job::getMetadata)
                  .noneMatch(
                      metadata ->
                          metadata.getOwnerReferences().stream()
                              .anyMatch(owner -> owner.getName().equals("gone")));
              assertThat(
                      team.admin()
                          .serviceAccounts()
                          .inNamespace(team.namespace())
                          .list()
                          .getItems())
                  .noneMatch(
                      account ->
                          account.getMetadata().getOwnerReferences().stream()
                              .anyMatch(owner -> owner.getName().equals("gone")));
            });
  }

  private String phase(ObjectNode run) {
    return team.stored(run).json().at("/status/phase").asText();
  }

  /** A run whose pods end only when they are stopped. */
  private ObjectNode lasting(String name) {
    return Manifests.with(
        team.manifest("training-run", name),
        "/spec/workload/spec/template/metadata",
        "{annotations: {pod-complete.stage.kwok.x-k8s.io/delay: never}}");
  }

  private Verdict applied(ObjectNode object) {
    return Verdict.on(
        () ->
            Team.resource(team.engineer(), object)
                .fieldManager("kubectl")
                .forceConflicts()
                .serverSideApply());
  }

  private Verdict patched(ObjectNode object, String patch) {
    PatchType type =
        object.path("kind").asText().equals("Job")
            ? PatchType.STRATEGIC_MERGE
            : PatchType.JSON_MERGE;
    return Verdict.on(
        () -> Team.resource(team.engineer(), object).patch(PatchContext.of(type), patch));
  }
}
