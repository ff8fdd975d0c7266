package dev.comptroller.operator.modeldeployment;

import dev.comptroller.api.v1alpha1.ServingPod;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.operator.status.Refusal;
import dev.comptroller.operator.wiring.MonitoringState;
import dev.comptroller.operator.wiring.SecretCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that an endpoint's status is made from.
 *
 * @param url where callers reach it; empty until it is wired
 * @param stopped whether it was scaled to zero because it is no longer allowed
 * @param refused why something of it could not be written
 * @param window what a rate is priced over
 */
record EndpointFacts(
    Decision decision,
    DeploymentObservation deployment,
    SecretCheck secrets,
    MonitoringState monitoring,
    String url,
    boolean stopped,
    Optional<Refusal> refused,
    Duration window,
    List<ServingPod> serving) {
  EndpointFacts {
    serving = List.copyOf(serving);
  }
}
