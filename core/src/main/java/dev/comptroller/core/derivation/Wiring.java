package dev.comptroller.core.derivation;

import java.util.Map;

/**
 * What wired objects depend on beside their parent. The workload depends on none of it.
 *
 * @param prometheusNamespace the namespace whose pods may scrape metrics; empty if none may
 * @param monitoringLabels labels by which the cluster's Prometheus selects monitors and rules, such
 *     as {@code release}
 */
public record Wiring(String prometheusNamespace, Map<String, String> monitoringLabels) {

  public Wiring {
    monitoringLabels = Map.copyOf(monitoringLabels);
  }
}
