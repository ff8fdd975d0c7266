package dev.comptroller.core.governor;

import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.RuleEvaluator;
import java.time.Instant;
import java.util.List;

/** The only place where a verdict is made. */
public final class Governor {
  private final RuleEvaluator rules;

  public Governor(RuleEvaluator rules) {
    this.rules = rules;
  }

  /**
   * Judges one request.
   *
   * @param now the time against which windows are held
   */
  public Decision review(Review review, ClusterView cluster, Instant now) {
    if (!cluster.synced()) {
      return new Decision(Decision.Outcome.RETRY, List.of(), List.of(), List.of(), Assessment.NONE);
    }
    throw new IllegalStateException(rules + " " + review + " " + now);
  }
}
