package dev.comptroller.operator.trainingrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.comptroller.api.v1alpha1.StatusCondition;
import dev.comptroller.api.v1alpha1.TrainingRun;
import dev.comptroller.api.v1alpha1.TrainingRunStatus;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.operator.status.Conditions;
import dev.comptroller.operator.trainingrun.RunStep.ChildState;
import dev.comptroller.operator.wiring.MonitoringState;
import dev.comptroller.operator.wiring.SecretCheck;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunStatusTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final JobObservation RUNNING = job(ChildState.ACTIVE);
  private static final JobObservation ENDED = job(ChildState.FINISHED);
  private static final Decision EXPIRED =
      new Decision(
          Outcome.DENIED,
          List.of(new Finding(ReasonCode.ApprovalExpired, "", "an old approval", "a new one", "")),
          List.of(),
          List.of(),
          assessment(List.of("alice"), List.of()));

  private final TrainingRun run = new TrainingRun();

  @Test
  void a_finished_run_says_who_approved_it_when_it_started() {
    seen(approvedBy("bob"), RunStep.RUN, RUNNING, "job-1");
    seen(EXPIRED, RunStep.LEAVE, RUNNING, "job-1");
    seen(EXPIRED, RunStep.FINISH, ENDED, "job-1");

    assertThat(status().approvedBy()).isEqualTo("bob");
    assertThat(status().signedBy()).isEqualTo("alice");
    assertThat(status().tier()).isEqualTo("reviewed");
    assertThat(condition("Approved").status()).isEqualTo("True");
    assertThat(condition("Approved").message()).isEqualTo("approved by bob");
    assertThat(condition("Admitted").status()).isEqualTo("True");
    assertThat(condition("Admitted").message())
        .isEqualTo(
            "tier reviewed; when it ended it would have been refused: "
                + "ApprovalExpired: found an old approval, required a new one");
  }

  @Test
  void while_a_run_goes_on_its_conditions_tell_that_its_approval_has_expired() {
    seen(approvedBy("bob"), RunStep.RUN, RUNNING, "job-1");
    seen(EXPIRED, RunStep.LEAVE, RUNNING, "job-1");

    assertThat(status().approvedBy()).isEqualTo("bob");
    assertThat(condition("Approved").reason()).isEqualTo("ApprovalExpired");
    assertThat(condition("Admitted").status()).isEqualTo("False");
  }

  @Test
  void who_approves_after_the_start_has_not_approved_the_start() {
    seen(approvedBy("bob"), RunStep.RUN, RUNNING, "job-1");
    seen(approvedBy("carol"), RunStep.RUN, RUNNING, "job-1");
    seen(approvedBy("carol"), RunStep.FINISH, ENDED, "job-1");

    assertThat(status().approvedBy()).isEqualTo("bob");
    assertThat(condition("Approved").message()).isEqualTo("approved by bob");
  }

  @Test
  void a_resumed_run_says_who_approved_it_when_it_was_resumed() {
    seen(approvedBy("bob"), RunStep.RUN, RUNNING, "job-1");
    seen(approvedBy("carol"), RunStep.PAUSE, job(ChildState.SUSPENDED), "job-1");
    assertThat(status().approvedBy()).isEqualTo("bob");

    seen(approvedBy("carol"), RunStep.RUN, job(ChildState.SUSPENDED), "job-1");
    seen(approvedBy("dave"), RunStep.RUN, RUNNING, "job-1");

    assertThat(status().approvedBy()).isEqualTo("carol");
  }

  @Test
  void a_workload_that_was_started_again_has_a_record_of_its_own() {
    seen(approvedBy("bob"), RunStep.RUN, RUNNING, "job-1");
    seen(approvedBy("carol"), RunStep.RUN, RUNNING, "job-2");

    assertThat(status().approvedBy()).isEqualTo("carol");
  }

  @Test
  void a_run_that_waits_says_who_has_approved_so_far() {
    seen(EXPIRED, RunStep.WAIT, JobObservation.NONE, "");
    assertThat(status().approvedBy()).isNull();

    seen(approvedBy("bob"), RunStep.RUN, RUNNING, "job-1");
    assertThat(status().approvedBy()).isEqualTo("bob");
  }

  private TrainingRunStatus status() {
    return run.getStatus();
  }

  private StatusCondition condition(String type) {
    return Conditions.find(status().conditions(), type).orElseThrow();
  }

  private void seen(Decision decision, RunStep step, JobObservation observation, String uid) {
    run.getMetadata().setGeneration(1L);
    RunFacts facts =
        new RunFacts(
            false,
            decision,
            step,
            observation,
            uid.isEmpty() ? Optional.empty() : Optional.of(workload(uid)),
            new SecretCheck.NoneNamed(),
            MonitoringState.NOT_WIRED,
            Optional.empty(),
            Amount.ZERO);
    run.setStatus(RunStatus.of(run, facts, NOW));
  }

  private static Decision approvedBy(String person) {
    return new Decision(
        Outcome.ALLOWED,
        List.of(),
        List.of(),
        List.of(),
        assessment(List.of("alice"), List.of(person)));
  }

  private static Assessment assessment(List<String> signers, List<String> approvers) {
    return new Assessment(
        Optional.empty(), Optional.empty(), Optional.of("reviewed"), signers, approvers);
  }

  private static JobObservation job(ChildState state) {
    String ended = state == ChildState.FINISHED ? "2026-11-25T09:00:00Z" : "";
    return new JobObservation(state, true, true, "1 pod", "2026-11-25T08:00:00Z", ended);
  }

  private static KubernetesObject workload(String uid) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("apiVersion", "batch/v1").put("kind", "Job");
    json.putObject("metadata").put("name", "sft").put("uid", uid);
    return new KubernetesObject(json);
  }
}
