package dev.comptroller.operator;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * How the operator runs.
 *
 * @param port of health and metrics; 0 takes any free one
 * @param controllers file that lists which users create the children of which kinds
 * @param opa the program that compiles rules
 * @param namespace of the leader's lease
 * @param leaderElection whether replicas elect a leader
 * @param secretNamespaces where the operator may look whether Secrets exist
 * @param prometheusNamespace whose pods may scrape metrics; empty: none
 * @param monitoringLabels labels by which Prometheus selects monitors and rules
 */
record OperatorSettings(
    int port,
    Path controllers,
    Path opa,
    String namespace,
    boolean leaderElection,
    Set<String> secretNamespaces,
    String prometheusNamespace,
    Map<String, String> monitoringLabels) {
  OperatorSettings {
    secretNamespaces = Set.copyOf(secretNamespaces);
    monitoringLabels = Map.copyOf(monitoringLabels);
  }
}
