package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.install.LocalDeployment;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reviews are answered while webhooks come and go. */
@ExtendWith(OwnClusterExtension.class)
class WebhookUnderLoadIT {
  /** How long after a pod is told to end the last node learns it. */
  private static final Duration NOTICED = Duration.ofSeconds(1);

  private static final Duration CALM = Duration.ofSeconds(2);

  private final OwnCluster cluster;
  private final Team team;

  WebhookUnderLoadIT(OwnCluster cluster) {
    this.cluster = cluster;
    this.team = cluster.team();
  }

  @Test
  void no_review_fails_while_each_webhook_in_turn_is_ended_and_started_again() throws Exception {
    try (Load load = load()) {
      Thread.sleep(CALM);
      for (LocalDeployment webhook : cluster.webhooks()) {
        Thread endpoints = Thread.startVirtualThread(() -> withdraw(webhook));
        webhook.close();
        endpoints.join();
        webhook.start();
        cluster.balancer().add(webhook.port("https"));
        Thread.sleep(CALM);
      }
      assertThat(load.failures()).isEmpty();
      assertThat(load.reviews()).isGreaterThan(200);
    }
  }

  private Load load() {
    String namespace = cluster.namespace("load");
    ObjectNode unsigned = team.manifest("training-run", "load");
    unsigned.withObject("/metadata").put("namespace", namespace);
    return Load.start(cluster.controlPlane().config(), team.alice.sign(unsigned), unsigned);
  }

  private void withdraw(LocalDeployment webhook) {
    try {
      Thread.sleep(NOTICED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cluster.balancer().remove(webhook.port("https"));
  }
}
