package dev.comptroller.operator.trainingrun;

import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.operator.status.Refusal;
import dev.comptroller.operator.wiring.MonitoringState;
import dev.comptroller.operator.wiring.SecretCheck;
import java.util.Optional;

/**
 * All that a run's status is made from.
 *
 * @param suspended whether its owner wants it suspended
 * @param step what is being done about it
 * @param job the child as last seen
 * @param refused why something of it could not be written
 * @param used accelerator-time held so far, as far as pods still tell
 */
record RunFacts(
    boolean suspended,
    Decision decision,
    RunStep step,
    JobObservation observation,
    Optional<KubernetesObject> job,
    SecretCheck secrets,
    MonitoringState monitoring,
    Optional<Refusal> refused,
    Amount used) {}
