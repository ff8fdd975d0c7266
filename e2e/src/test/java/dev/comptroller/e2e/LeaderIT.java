package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.fault.Fault;
import dev.comptroller.testkit.fault.Fault.Loss;
import dev.comptroller.testkit.fault.Fault.Sequel;
import dev.comptroller.testkit.fault.FaultProxy;
import dev.comptroller.testkit.install.LocalDeployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who leads when replicas come and go. */
@ExtendWith(OwnClusterExtension.class)
class LeaderIT {
  /** Of a lease that is not renewed, and of those who wait for its end to look again. */
  private static final Duration LEASE = Duration.ofSeconds(15 + 2);

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** In the middle of wiring: more writes follow, the Job's among them. */
  private static final int MIDDLE = 3;

  private final OwnCluster cluster;
  private final Team team;
  private final KubernetesClient admin;

  LeaderIT(OwnCluster cluster) {
    this.cluster = cluster;
    this.team = cluster.team();
    this.admin = cluster.controlPlane().admin();
  }

  @Test
  void when_the_leader_dies_in_the_middle_of_starting_a_run_the_other_replica_finishes_it() {
    FaultProxy proxy = cluster.proxy();
    LocalDeployment leader = cluster.operator();
    LocalDeployment other = cluster.operator().replica();
    String undisturbed = cluster.namespace("leader-lives");
    String disturbed = cluster.namespace("leader-dies");
    String dead = await().atMost(LIMIT).until(this::holder, holder -> !holder.isEmpty());
    try (other) {
      other.start();
      create(undisturbed);
      awaitSuccess(undisturbed);
      proxy.plan(disturbed, new Fault(MIDDLE, Loss.ANSWER, Sequel.SILENCE));

      create(disturbed);
      await().atMost(LIMIT).until(() -> proxy.struck(disturbed));
      leader.kill();
      proxy.heal();

      await().atMost(LEASE.plus(LIMIT)).until(() -> !holder().equals(dead));
      awaitSuccess(disturbed);
      NamespaceState state = NamespaceState.of(admin, disturbed);
      Map<String, String> clean = NamespaceState.of(admin, undisturbed).texts();
      assertThat(NamespaceState.differences(clean, state.texts())).isEmpty();
      assertThat(state.ofKind("Job")).hasSize(1);
      assertThat(state.orphans()).isEmpty();
    } finally {
      leader.start();
    }
  }

  @Test
  void a_leader_that_is_told_to_end_finishes_what_is_under_way_and_gives_up_the_lease()
      throws Exception {
    FaultProxy proxy = cluster.proxy();
    LocalDeployment leader = cluster.operator();
    String namespace = cluster.namespace("leader-ends");
    try {
      proxy.plan(namespace, new Fault(MIDDLE, Loss.REQUEST, Sequel.SILENCE));
      create(namespace);
      await().atMost(LIMIT).until(() -> proxy.struck(namespace));

      int said = Files.readString(leader.log()).length();
      Future<?> end = CompletableFuture.runAsync(leader::close);
      await()
          .atMost(LIMIT)
          .until(() -> Files.readString(leader.log()).substring(said).contains("event=stop"));
      proxy.heal();
      end.get();

      assertThat(holder()).isEmpty();
      assertThat(NamespaceState.of(admin, namespace).ofKind("Job")).hasSize(1);
      assertThat(team.stored(run(namespace)).json().at("/status/phase").asText())
          .isEqualTo("Starting");
    } finally {
      leader.start();
    }
    awaitSuccess(namespace);
  }

  private ObjectNode run(String namespace) {
    return Scenario.TRAINING_RUN.signed(team, namespace);
  }

  private void create(String namespace) {
    Team.resource(admin, run(namespace)).create();
  }

  private void awaitSuccess(String namespace) {
    await().atMost(LIMIT).until(() -> Scenario.TRAINING_RUN.isOver(team.stored(run(namespace))));
  }

  /** Who leads; empty while nobody does. */
  private String holder() {
    Lease lease = cluster.lease().get();
    return lease == null ? "" : Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), "");
  }
}
