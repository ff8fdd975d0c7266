package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.install.InstalledChart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Monitors and rules where the Prometheus Operator comes after us, and where it goes again. */
@ExtendWith(ComptrollerExtension.class)
class MonitoringIT {
  private final Team team;
  private final InstalledChart installed;

  MonitoringIT(Team team, InstalledChart installed) {
    this.team = team;
    this.installed = installed;
  }

  @Test
  void monitors_come_with_the_prometheus_operator_and_its_absence_is_said() {
    GovernedObject run =
        GovernedObject.run(team, "watched", "never")
            .with("/spec/monitoring", "{port: metrics, path: /metrics}")
            .create()
            .awaitCondition("Monitored", "False", "PrometheusOperatorAbsent")
            .awaitPhase("Running");
    GovernedObject endpoint =
        GovernedObject.endpoint(team, "watched")
            .create()
            .awaitCondition("Monitored", "False", "PrometheusOperatorAbsent")
            .awaitCondition("Ready", "True", "Available");

    MonitoringKinds kinds = new MonitoringKinds(team.admin());
    kinds.install();
    try {
      run.awaitCondition("Monitored", "True", "Applied");
      endpoint.awaitCondition("Monitored", "True", "Applied");
      isOwned(run, WiredKind.POD_MONITOR);
      isOwned(run, WiredKind.PROMETHEUS_RULE);
      isOwned(endpoint, WiredKind.SERVICE_MONITOR);
      isOwned(endpoint, WiredKind.PROMETHEUS_RULE);

      withdrawMetrics(endpoint);
      await()
          .atMost(GovernedObject.LIMIT)
          .untilAsserted(
              () -> {
                assertThat(endpoint.wired(WiredKind.SERVICE_MONITOR)).isEmpty();
                assertThat(endpoint.wired(WiredKind.PROMETHEUS_RULE)).isEmpty();
              });
      isOwned(run, WiredKind.POD_MONITOR);
    } finally {
      kinds.remove();
    }

    run.awaitCondition("Monitored", "False", "PrometheusOperatorAbsent");
    assertThat(installed.deployment("comptroller-operator").isAlive()).isTrue();
    run.delete();
    endpoint.delete();
  }

  @Test
  void an_operator_that_watches_nothing_survives_that_the_prometheus_operator_goes() {
    MonitoringKinds kinds = new MonitoringKinds(team.admin());
    kinds.install();
    try {
      GovernedObject run =
          GovernedObject.run(team, "brief", "never")
              .create()
              .awaitCondition("Monitored", "True", "Applied");
      run.delete();
      await().atMost(GovernedObject.LIMIT).until(() -> run.wired().isEmpty());
    } finally {
      kinds.remove();
    }

    GovernedObject.run(team, "afterwards", "never")
        .create()
        .awaitCondition("Monitored", "False", "PrometheusOperatorAbsent")
        .awaitPhase("Running")
        .delete();
    assertThat(installed.deployment("comptroller-operator").isAlive()).isTrue();
  }

  private static void isOwned(GovernedObject parent, WiredKind kind) {
    assertThat(parent.wired(kind))
        .singleElement()
        .extracting(GenericKubernetesResource::getMetadata)
        .satisfies(
            metadata ->
                assertThat(metadata.getOwnerReferences())
                    .singleElement()
                    .satisfies(
                        owner -> {
                          assertThat(owner.getUid()).isEqualTo(parent.stored().uid());
                          assertThat(owner.getController()).isTrue();
                        }));
  }

  /** A new plan of the endpoint, signed, whose runtime has no port with metrics. */
  private void withdrawMetrics(GovernedObject endpoint) {
    ObjectNode plan = Manifests.without(endpoint.manifest(), "/spec/runtime/metricsPort");
    String annotation = team.alice.annotation();
    String signature = team.alice.sign(plan).at("/metadata/annotations").path(annotation).asText();
    ObjectNode change = Manifests.read("model-deployment").removeAll();
    change.withObject("/metadata/annotations").put(annotation, signature);
    change.withObject("/spec/runtime").putNull("metricsPort");
    Team.resource(team.engineer(), endpoint.manifest())
        .patch(PatchContext.of(PatchType.JSON_MERGE), change.toString());
  }
}
