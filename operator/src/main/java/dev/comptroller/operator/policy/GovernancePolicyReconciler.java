package dev.comptroller.operator.policy;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import dev.comptroller.api.v1alpha1.GovernancePolicyStatus;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.PolicyProblems;
import dev.comptroller.core.policy.RuleEvaluator;
import dev.comptroller.operator.status.Conditions;
import dev.comptroller.operator.status.Observation;
import dev.comptroller.operator.status.StatusPatch;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says of each policy whether it is in force as written. */
@ControllerConfiguration(name = "governance-policy")
public final class GovernancePolicyReconciler implements Reconciler<GovernancePolicy> {
  private final RuleEvaluator rules;
  private final Clock clock;

  public GovernancePolicyReconciler(RuleEvaluator rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public UpdateControl<GovernancePolicy> reconcile(
      GovernancePolicy policy, Context<GovernancePolicy> context) {
    List<Finding> problems = PolicyProblems.of(policy.getSpec(), rules);
    GovernancePolicyStatus status =
        new GovernancePolicyStatus(
            policy.getMetadata().getGeneration(),
            Conditions.of(policy, observations(policy.getSpec(), problems), clock.instant()));
    return StatusPatch.of(policy, new GovernancePolicy(), status);
  }

  private static List<Observation> observations(GovernancePolicySpec spec, List<Finding> problems) {
    if (problems.isEmpty()) {
      return List.of(
          Observation.yes(
              "Ready",
              "InForce",
              "%d authorities, %d tiers, %d rules"
                  .formatted(
                      spec.authorities().size(),
                      spec.compute().tiers().size(),
                      spec.rules().size())));
    }
    String reason = problems.getFirst().code().name();
    String message = problems.stream().map(Finding::message).collect(Collectors.joining("\n"));
    List<Observation> observations = new ArrayList<>();
    observations.add(Observation.no("Ready", reason, message));
    observations.add(Observation.yes("Stalled", reason, message));
    return observations;
  }
}
