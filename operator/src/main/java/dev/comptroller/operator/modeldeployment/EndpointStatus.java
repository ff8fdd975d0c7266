package dev.comptroller.operator.modeldeployment;

import dev.comptroller.api.v1alpha1.ModelDeployment;
import dev.comptroller.api.v1alpha1.ModelDeploymentStatus;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.operator.status.Conditions;
import dev.comptroller.operator.status.DecisionObservations;
import dev.comptroller.operator.status.GpuHoursDisplay;
import dev.comptroller.operator.status.Observation;
import dev.comptroller.operator.status.StatusFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The status of an endpoint, from what is known of it. */
final class EndpointStatus {
  private EndpointStatus() {}

  /** What the status of an endpoint shall say now. */
  static ModelDeploymentStatus of(ModelDeployment endpoint, EndpointFacts facts, Instant now) {
    Assessment assessment = facts.decision().assessment();
    return new ModelDeploymentStatus(
        endpoint.getMetadata().getGeneration(),
        StatusFields.text(facts.url()),
        assessment.planDigest().map(digest -> digest.hex().substring(0, 12)).orElse(null),
        assessment.tier().orElse(null),
        GpuHoursDisplay.ofService(assessment.gpuHours(), facts.window()),
        assessment.planDigest().map(Digest::value).orElse(null),
        StatusFields.persons(assessment.signedBy()),
        StatusFields.persons(assessment.approvedBy()),
        facts.deployment().replicas(),
        StatusFields.text(facts.deployment().selector()),
        facts.serving(),
        Conditions.of(endpoint, observations(facts), now));
  }

  private static List<Observation> observations(EndpointFacts facts) {
    List<Observation> observations = new ArrayList<>(DecisionObservations.of(facts.decision()));
    observations.add(facts.secrets().observation());
    observations.add(facts.monitoring().observation());
    Observation ready = ready(facts);
    observations.add(ready);
    boolean refused =
        facts.decision().outcome() == Outcome.DENIED
            && (!facts.deployment().present() || facts.stopped());
    if (refused || !facts.deployment().stuck().isEmpty()) {
      observations.add(Observation.yes("Stalled", ready.reason(), ready.message()));
    } else if (ready.truth() != Observation.Truth.TRUE) {
      observations.add(Observation.yes("Reconciling", ready.reason(), ready.message()));
    }
    return facts.refused().map(refusal -> refusal.among(observations)).orElse(observations);
  }

  private static Observation ready(EndpointFacts facts) {
    DeploymentObservation deployment = facts.deployment();
    if (facts.stopped()) {
      return Observation.no(
          "Ready", "Stopped", DecisionObservations.text(facts.decision().findings()));
    }
    if (!deployment.present()) {
      return switch (facts.decision().outcome()) {
        case ALLOWED ->
            facts.secrets().startable()
                ? Observation.unknown("Ready", "Pending", "not created yet")
                : Observation.no("Ready", "SecretMissing", facts.secrets().observation().message());
        case HELD ->
            Observation.no(
                "Ready",
                "AwaitingApproval",
                DecisionObservations.text(facts.decision().findings()));
        case DENIED ->
            Observation.no(
                "Ready", "Denied", DecisionObservations.text(facts.decision().findings()));
        case RETRY -> Observation.unknown("Ready", "Pending", "no verdict yet");
      };
    }
    if (!deployment.stuck().isEmpty()) {
      return Observation.no("Ready", "RolloutStuck", deployment.stuck());
    }
    return deployment.rolledOut()
        ? Observation.yes("Ready", "Available", deployment.text())
        : Observation.no("Ready", "RollingOut", deployment.text());
  }
}
