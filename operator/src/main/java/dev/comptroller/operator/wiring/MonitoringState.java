package dev.comptroller.operator.wiring;

import dev.comptroller.operator.status.Observation;

/** Whether a workload is watched by Prometheus. */
public enum MonitoringState {
  /** It declares nothing to scrape, or nothing is wired yet. */
  NOT_WIRED,
  /** The cluster has no Prometheus Operator. */
  ABSENT,
  /** Monitors and rules are applied. */
  APPLIED;

  /** As the condition {@code Monitored}. */
  public Observation observation() {
    return switch (this) {
      case NOT_WIRED -> Observation.unknown("Monitored", "NotWired", "nothing is wired yet");
      case ABSENT ->
          Observation.no(
              "Monitored",
              "PrometheusOperatorAbsent",
              "the cluster does not serve " + MonitoringApis.API_VERSION);
      case APPLIED -> Observation.yes("Monitored", "Applied", "monitors and rules are applied");
    };
  }
}
