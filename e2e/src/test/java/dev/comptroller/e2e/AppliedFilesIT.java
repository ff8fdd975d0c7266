package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What applies the same files again and again, and tries all of them before any. */
@ExtendWith(ComptrollerExtension.class)
class AppliedFilesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Team team;

  AppliedFilesIT(Team team) {
    this.team = team;
  }

  @AfterEach
  void deny() {
    team.applyPolicy(team.policy());
    await()
        .atMost(LIMIT)
        .until(() -> team.verdict(bigRun("any")).reasons().equals(Set.of("ApprovalMissing")));
  }

  @Test
  void a_run_tried_with_its_approval_before_either_is_stored_is_refused_where_policy_denies() {
    ObjectNode run = bigRun("tried");
    ObjectNode approval = team.bob.sign(team.approval("tried", run, "17"));

    Program.Result tried = tried(run, approval);

    assertThat(tried.exitCode()).isEqualTo(1);
    assertThat(tried.err()).contains("ApprovalMissing", "kubectl-comptroller approve");
    assertThat(tried.out()).contains("approval.comptroller.dev/tried serverside-applied");
    assertNotStored(run);
    assertNotStored(approval);
  }

  @Test
  void a_run_tried_with_its_approval_before_either_is_stored_passes_where_policy_holds() {
    hold();
    ObjectNode run = bigRun("held");
    ObjectNode approval = team.bob.sign(team.approval("held", run, "17"));

    Program.Result tried = tried(run, approval);

    assertThat(tried.exitCode()).as(tried.err()).isZero();
    assertThat(tried.err()).contains("Warning: ApprovalMissing");
    assertNotStored(run);
    assertNotStored(approval);

    assertThat(applied(run).exitCode()).isZero();
    awaitPhase(run, "Held");
    assertThat(applied(approval).exitCode()).isZero();
    awaitPhase(run, "Succeeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"training-run", "model-deployment", "job", "deployment", "stateful-set"})
  void the_same_file_twice_changes_nothing(String manifest) {
    ObjectNode byClient = team.alice.sign(team.manifest(manifest, manifest + "-by-client"));
    ObjectNode byServer = team.alice.sign(team.manifest(manifest, manifest + "-by-server"));

    for (int i = 0; i < 2; i++) {
      Program.Result client = kubectl(List.of("apply", "-f", "-"), byClient);
      assertThat(client.exitCode()).as(client.err()).isZero();
      assertThat(client.out().strip()).endsWith(i == 0 ? "created" : "unchanged");

      Program.Result server = applied(byServer);
      assertThat(server.exitCode()).as(server.err()).isZero();
    }
    assertThat(generation(byClient)).isEqualTo(1);
    assertThat(generation(byServer)).isEqualTo(1);
  }

  private void hold() {
    team.applyPolicy(Manifests.with(team.policy(), "/spec/compute/whenUnapproved", "Hold"));
    await().atMost(LIMIT).until(() -> team.verdict(bigRun("any")).allowed());
  }

  private Program.Result tried(ObjectNode... objects) {
    return kubectl(List.of("apply", "--server-side", "--dry-run=server", "-f", "-"), objects);
  }

  private Program.Result applied(ObjectNode... objects) {
    return kubectl(List.of("apply", "--server-side", "-f", "-"), objects);
  }

  private Program.Result kubectl(List<String> arguments, ObjectNode... objects) {
    StringBuilder documents = new StringBuilder();
    for (ObjectNode object : objects) {
      documents.append("---\n").append(object).append('\n');
    }
    return team.kubectl().runWithInput(documents.toString(), arguments.toArray(String[]::new));
  }

  private void assertNotStored(ObjectNode object) {
    assertThat(Team.resource(team.admin(), object).get()).isNull();
  }

  private void awaitPhase(ObjectNode run, String phase) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(team.stored(run).json().at("/status/phase").asText()).isEqualTo(phase));
  }

  private long generation(ObjectNode object) {
    return team.stored(object).metadata().path("generation").asLong();
  }

  /** Eight accelerators for two hours, which somebody has to approve. */
  private ObjectNode bigRun(String name) {
    ObjectNode run =
        Manifests.with(
            team.manifest("training-run", name),
            "/spec/workload/spec/activeDeadlineSeconds",
            "7200");
    return team.alice.sign(
        Manifests.with(
            run,
            "/spec/workload/spec/template/spec/containers/0/resources",
            "{limits: {nvidia.com/gpu: '8'}}"));
  }
}
