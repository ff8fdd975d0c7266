package dev.comptroller.operator.trainingrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.operator.trainingrun.RunStep.ChildState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunStepTest {

  @ParameterizedTest
  @CsvSource({
    "ALLOWED, ABSENT,    RUN",
    "ALLOWED, SUSPENDED, RUN",
    "ALLOWED, ACTIVE,    RUN",
    "HELD,    ABSENT,    WAIT",
    "HELD,    SUSPENDED, LEAVE",
    "HELD,    ACTIVE,    LEAVE",
    "DENIED,  ABSENT,    WAIT",
    "DENIED,  SUSPENDED, LEAVE",
    "DENIED,  ACTIVE,    LEAVE",
  })
  void only_an_allowed_run_starts_or_resumes_and_what_runs_may_finish(
      Outcome outcome, ChildState state, RunStep expected) {
    assertThat(RunStep.next(decision(outcome), false, state, false)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void a_running_workload_is_suspended_on_request_whatever_the_verdict(Outcome outcome) {
    assertThat(RunStep.next(decision(outcome), true, ChildState.ACTIVE, false))
        .isEqualTo(RunStep.STOP);
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void a_finished_run_is_never_started_again(Outcome outcome) {
    assertThat(RunStep.next(decision(outcome), false, ChildState.FINISHED, true))
        .isEqualTo(RunStep.FINISH);
  }

  @Test
  void a_policy_that_suspends_on_change_stops_what_is_no_longer_allowed() {
    assertThat(RunStep.next(decision(Outcome.DENIED), false, ChildState.ACTIVE, true))
        .isEqualTo(RunStep.STOP);
  }

  @Test
  void a_suspended_run_creates_nothing() {
    assertThat(RunStep.next(decision(Outcome.ALLOWED), true, ChildState.ABSENT, false))
        .isEqualTo(RunStep.PAUSE);
  }

  private static Decision decision(Outcome outcome) {
    return new Decision(outcome, List.of(), List.of(), List.of(), Assessment.NONE);
  }
}
