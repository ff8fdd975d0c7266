package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.fault.Component;
import dev.comptroller.testkit.install.LocalDeployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens to operator and webhooks when the control plane itself is away for a while. */
@ExtendWith(OwnClusterExtension.class)
class ControlPlaneOutageIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration OUTAGE = Duration.ofSeconds(30);

  private final OwnCluster cluster;
  private final Team team;
  private final KubernetesClient impatient;

  ControlPlaneOutageIT(OwnCluster cluster) {
    this.cluster = cluster;
    this.team = cluster.team();
    this.impatient = cluster.impatient();
  }

  @Test
  void when_the_api_server_was_restarted_operator_and_webhooks_go_on_by_themselves() {
    String namespace = cluster.namespace("restarted");

    Component.apiServer(cluster.controlPlane()).restart();

    assertGoverned(namespace);
  }

  @Test
  void while_etcd_stands_still_nothing_wrong_is_admitted_and_afterwards_all_goes_on() {
    String namespace = cluster.namespace("paused");
    List<Verdict> meanwhile = new ArrayList<>();
    Component etcd = Component.etcd(cluster.controlPlane());
    etcd.pause();
    try {
      for (Instant end = Instant.now().plus(OUTAGE); Instant.now().isBefore(end); ) {
        meanwhile.add(create(unsigned(namespace, "during-" + meanwhile.size())));
      }
    } finally {
      etcd.resume();
    }
    assertGoverned(namespace);
    assertThat(meanwhile).isNotEmpty().noneMatch(Verdict::allowed);
    assertThat(NamespaceState.of(cluster.controlPlane().admin(), namespace).ofKind("TrainingRun"))
        .extracting(run -> run.at("/metadata/name").asText())
        .containsExactly("signed");
  }

  /** What is signed runs, what is not is refused for that reason, and somebody leads. */
  private void assertGoverned(String namespace) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(create(unsigned(namespace, "unsigned")).message()).contains("Unsigned"));
    ObjectNode signed = signed(namespace);
    await().atMost(LIMIT).untilAsserted(() -> assertThat(create(signed).allowed()).isTrue());
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              restartOperatorWhereItEnded();
              return Scenario.TRAINING_RUN.isOver(team.stored(signed));
            });
    assertThat(cluster.webhooks()).allMatch(LocalDeployment::isAlive);
    assertThat(cluster.lease().get().getSpec().getRenewTime().toInstant())
        .isAfter(Instant.now().minus(Duration.ofSeconds(15)));
  }

  /** As a kubelet does: an operator that could not renew its lease has ended. */
  private void restartOperatorWhereItEnded() {
    if (!cluster.operator().isAlive()) {
      cluster.operator().start();
    }
  }

  private Verdict create(ObjectNode object) {
    return Verdict.on(() -> Team.resource(impatient, object).create());
  }

  private ObjectNode signed(String namespace) {
    ObjectNode run = team.manifest("training-run", "signed");
    run.withObject("/metadata").put("namespace", namespace);
    return team.alice.sign(run);
  }

  private ObjectNode unsigned(String namespace, String name) {
    ObjectNode run = team.manifest("training-run", name);
    run.withObject("/metadata").put("namespace", namespace);
    return run;
  }
}
