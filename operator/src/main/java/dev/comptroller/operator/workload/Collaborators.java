package dev.comptroller.operator.workload;

import dev.comptroller.core.derivation.Wiring;
import dev.comptroller.operator.judgement.Judge;
import dev.comptroller.operator.status.EventPublisher;
import dev.comptroller.operator.wiring.MonitoringApis;
import dev.comptroller.operator.wiring.Secrets;
import dev.comptroller.operator.wiring.Wirer;

/**
 * What every kind of workload is reconciled with.
 *
 * @param wiring settings of what is wired around a workload
 */
public record Collaborators(
    Judge judge,
    Wirer wirer,
    Secrets secrets,
    MonitoringApis monitoring,
    EventPublisher events,
    Wiring wiring) {}
