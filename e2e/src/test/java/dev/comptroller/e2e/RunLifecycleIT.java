package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From its start to its end: a run is stopped, resumed and removed. */
@ExtendWith(ComptrollerExtension.class)
class RunLifecycleIT {
  private final Team team;

  RunLifecycleIT(Team team) {
    this.team = team;
  }

  @Test
  void a_suspended_run_holds_no_pods_and_goes_on_when_it_is_resumed() {
    GovernedObject run = running("paused");

    assertThat(run.suspend(true).allowed()).isTrue();
    run.awaitPhase("Suspended");
    await().atMost(GovernedObject.LIMIT).until(() -> run.pods().isEmpty());

    assertThat(run.suspend(false).allowed()).isTrue();
    run.awaitPhase("Running");
    assertThat(run.pods()).hasSize(1);
  }

  @Test
  void what_a_run_has_used_before_it_was_suspended_is_taken_from_its_deadline() {
    GovernedObject run = running("resumed");
    long whole = deadline(run);

    assertThat(run.suspend(true).allowed()).isTrue();
    run.awaitPhase("Suspended");
    long left = deadline(run);
    assertThat(left).isLessThan(whole).isPositive();

    assertThat(run.suspend(false).allowed()).isTrue();
    run.awaitPhase("Running");
    assertThat(deadline(run)).isEqualTo(left);
    assertThat(run.pods()).hasSize(1);
  }

  @Test
  void nobody_suspends_a_runs_job_behind_its_back_and_so_starts_its_deadline_anew() {
    GovernedObject run = running("meddled-with");

    Verdict verdict =
        Verdict.on(
            () ->
                job(team.engineer(), run)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":true}}"));

    assertThat(verdict.reasons()).containsExactly("NotDerived");
  }

  @Test
  void deleting_a_run_leaves_nothing_of_it() {
    GovernedObject run = running("removed");
    assertThat(run.wired()).isNotEmpty();

    run.delete();

    await().atMost(GovernedObject.LIMIT).until(() -> run.wired().isEmpty());
    await().atMost(GovernedObject.LIMIT).until(() -> run.pods().isEmpty());
  }

  private long deadline(GovernedObject run) {
    return job(team.admin(), run).get().getSpec().getActiveDeadlineSeconds();
  }

  private Resource<Job> job(KubernetesClient client, GovernedObject run) {
    return client.batch().v1().jobs().inNamespace(team.namespace()).withName(run.name());
  }

  private GovernedObject running(String name) {
    return GovernedObject.run(team, name, "never").create().awaitPhase("Running");
  }
}
