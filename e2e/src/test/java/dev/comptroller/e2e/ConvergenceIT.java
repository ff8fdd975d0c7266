package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.fault.FaultProxy;
import dev.comptroller.testkit.install.LocalDeployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where all is as it should be, looking again writes nothing. */
@ExtendWith(OwnClusterExtension.class)
class ConvergenceIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final int RESYNCS = 10;
  private static final String LASTS =
      "/spec/workload/spec/template/metadata/annotations/pod-complete.stage.kwok.x-k8s.io~1delay";
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final OwnCluster cluster;
  private final Team team;
  private final FaultProxy proxy;
  private final KubernetesClient admin;
  private final LocalDeployment operator;

  ConvergenceIT(OwnCluster cluster) {
    this.cluster = cluster;
    this.team = cluster.team();
    this.proxy = cluster.proxy();
    this.admin = cluster.controlPlane().admin();
    this.operator = cluster.operator();
  }

  @Test
  void ten_resyncs_and_a_restart_of_what_has_converged_write_nothing() throws Exception {
    String namespace = cluster.namespace("converged");
    ObjectNode run = Manifests.with(Scenario.TRAINING_RUN.object(team), LASTS, "never");
    ObjectNode endpoint = Scenario.MODEL_DEPLOYMENT.object(team);
    for (ObjectNode object : List.of(run, endpoint)) {
      object.withObject("/metadata").put("namespace", namespace);
      Team.resource(admin, team.alice.sign(object)).create();
      await().atMost(LIMIT).until(() -> Scenario.isCurrentlyTrue(team.stored(object), "Ready"));
    }
    awaitQuiet(namespace);
    int before = proxy.writes(namespace).size();
    int policies = proxy.writes("").size();
    double reconciles = reconciles();

    for (int resync = 0; resync < RESYNCS; resync++) {
      cluster.wakeEverything();
      touchEverything(namespace, resync);
      Thread.sleep(200);
    }

    await().atMost(LIMIT).until(() -> reconciles() >= reconciles + 2 * RESYNCS);
    awaitQuiet(namespace);
    assertThat(proxy.writes(namespace)).hasSize(before);
    assertThat(proxy.writes("")).hasSize(policies);

    operator.kill();
    operator.start();
    await().atMost(LIMIT).until(() -> reconciles() >= 2);
    awaitQuiet(namespace);
    assertThat(proxy.writes(namespace)).hasSize(before);
    assertThat(proxy.writes("")).hasSize(policies);
  }

  /** A foreign label on each object that was made of ours. */
  private void touchEverything(String namespace, int time) {
    for (JsonNode object : NamespaceState.of(admin, namespace).objects()) {
      if (object.at("/metadata/ownerReferences").toString().contains("comptroller.dev/")) {
        Team.resource(admin, object)
            .patch(MERGE, "{\"metadata\":{\"labels\":{\"touched\":\"%d\"}}}".formatted(time));
      }
    }
  }

  private void awaitQuiet(String namespace) {
    int[] before = {-1};
    await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(QUIET)
        .until(
            () -> {
              int now = proxy.writes(namespace).size();
              boolean quiet = now == before[0];
              before[0] = now;
              return quiet;
            });
  }

  /** How often the operator has looked at anything since it started, by its own metrics. */
  private double reconciles() throws IOException, InterruptedException {
    URI metrics = URI.create("http://127.0.0.1:" + operator.port("http") + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith("operator_sdk_reconciliations_success_total"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }
  }
}
