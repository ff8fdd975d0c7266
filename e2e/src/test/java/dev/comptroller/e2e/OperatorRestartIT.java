package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.comptroller.testkit.install.InstalledChart;
import dev.comptroller.testkit.install.LocalDeployment;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator that ends at an awkward moment: the next one goes on where it stood. */
@ExtendWith(ComptrollerExtension.class)
class OperatorRestartIT {
  private final Team team;
  private final LocalDeployment operator;

  OperatorRestartIT(Team team, InstalledChart installed) {
    this.team = team;
    this.operator = installed.deployment("comptroller-operator");
  }

  @Test
  void a_run_that_was_wired_and_not_started_when_the_operator_ended_gets_one_job() {
    ResourceQuota noJobs = team.admin().resource(team.noJobs()).create();
    GovernedObject run = GovernedObject.run(team, "half-way", "never").create();
    await()
        .atMost(GovernedObject.LIMIT)
        .until(() -> run.wired(WiredKind.CONFIG_MAP).findAny().isPresent());
    assertThat(run.wired(WiredKind.JOB)).isEmpty();

    operator.kill();
    try {
      team.admin().resource(noJobs).delete();
    } finally {
      operator.start();
    }

    run.awaitPhase("Running");
    assertThat(run.wired(WiredKind.JOB)).hasSize(1);
    assertThat(run.pods()).hasSize(1);
    run.delete();
  }

  @Test
  void a_job_that_runs_while_the_operator_ends_runs_on_and_stays_the_only_one() {
    GovernedObject run = GovernedObject.run(team, "interrupted", "never").create();
    run.awaitPhase("Running");
    String job = uid(run);

    operator.kill();
    operator.start();

    // The new operator has reconciled the run when it answers to something that came after.
    assertThat(run.suspend(true).allowed()).isTrue();
    run.awaitPhase("Suspended");
    assertThat(run.suspend(false).allowed()).isTrue();
    run.awaitPhase("Running");
    assertThat(uid(run)).isEqualTo(job);
    assertThat(run.pods()).hasSize(1);
    run.delete();
  }

  @Test
  void a_run_that_ends_while_the_operator_is_away_is_recorded_when_it_is_back() {
    GovernedObject run = GovernedObject.run(team, "unseen", "5s").create();
    run.awaitPhase("Running");

    operator.kill();
    try {
      await()
          .atMost(GovernedObject.LIMIT)
          .until(
              () ->
                  run.pods().stream()
                      .allMatch(pod -> pod.getStatus().getPhase().equals("Succeeded")));
    } finally {
      operator.start();
    }

    run.awaitPhase("Succeeded").awaitCondition("Completed", "True", "Succeeded");
    assertThat(run.wired(WiredKind.JOB)).hasSize(1);
    assertThat(run.pods()).hasSize(1);
  }

  private static String uid(GovernedObject run) {
    assertThat(run.wired(WiredKind.JOB)).hasSize(1);
    return run.wired(WiredKind.JOB).findFirst().orElseThrow().getMetadata().getUid();
  }
}
