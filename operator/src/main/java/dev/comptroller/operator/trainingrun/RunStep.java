package dev.comptroller.operator.trainingrun;

import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;

/** What to do about a run now. */
enum RunStep {
  /** The work is over: nothing is created again. */
  FINISH,
  /** Wire everything and let it run. */
  RUN,
  /** Wire everything, but keep the workload stopped, as its owner asked. */
  PAUSE,
  /** Stop what runs: it may not go on. */
  STOP,
  /** Leave what is there as it is: it may finish, nothing new starts. */
  LEAVE,
  /** Nothing has been created and nothing may be. */
  WAIT;

  /**
   * The next step.
   *
   * @param suspended whether the run's owner wants it suspended; stopping needs no permission
   * @param state where the child stands
   * @param stopOnChange whether a policy in force wants running workloads suspended when they are
   *     no longer allowed
   */
  static RunStep next(
      Decision decision, boolean suspended, ChildState state, boolean stopOnChange) {
    return switch (state) {
      case FINISHED -> FINISH;
      case ABSENT -> allowed(decision) ? (suspended ? PAUSE : RUN) : WAIT;
      case SUSPENDED -> allowed(decision) ? (suspended ? PAUSE : RUN) : LEAVE;
      case ACTIVE -> {
        if (suspended) {
          yield STOP;
        }
        if (allowed(decision)) {
          yield RUN;
        }
        yield stopOnChange ? STOP : LEAVE;
      }
    };
  }

  private static boolean allowed(Decision decision) {
    return decision.outcome() == Outcome.ALLOWED;
  }

  /** Where the child workload stands. */
  enum ChildState {
    ABSENT,
    SUSPENDED,
    ACTIVE,
    FINISHED
  }
}
