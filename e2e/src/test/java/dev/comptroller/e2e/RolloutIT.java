package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Signed Deployments, the ReplicaSets between them and their pods, and how far they scale. */
@ExtendWith(ComptrollerExtension.class)
class RolloutIT {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Team team;

  RolloutIT(Team team) {
    this.team = team;
  }

  @Test
  void a_replica_set_of_a_signed_deployment_can_be_changed_by_nobody_else() {
    ObjectNode deployment = rolledOut("edited", 2);
    ReplicaSet replicaSet = replicaSets(deployment).getFirst();

    assertThat(
            patched(
                    replicaSet,
                    "{'spec': {'template': {'spec': {'priorityClassName':"
                        + " 'system-node-critical'}}}}")
                .reasons())
        .containsExactly("NotDerived");
    assertThat(patched(replicaSet, "{'metadata': {'ownerReferences': null}}").reasons())
        .containsExactly("ControllerChanged");
    assertThat(
            Verdict.on(
                    () ->
                        team.engineer()
                            .apps()
                            .replicaSets()
                            .inNamespace(team.namespace())
                            .withName(replicaSet.getMetadata().getName())
                            .scale(3))
                .reasons())
        .containsExactly("NotDerived");
  }

  @Test
  void a_deployment_scales_as_far_as_its_tier_goes_without_approval() {
    ObjectNode deployment = rolledOut("scaled", 2);

    assertThat(scaled(deployment, 3).allowed()).isTrue();
    awaitReady(deployment, 3);

    // Four and one that is there while it rolls out: ten GPU-hours in the window of two hours.
    assertThat(scaled(deployment, 4).reasons()).containsExactly("ApprovalMissing");
    assertThat(
            Verdict.on(
                    () ->
                        Team.resource(team.engineer(), deployment)
                            .patch(MERGE, "{\"spec\": {\"replicas\": 4}}"))
                .reasons())
        .containsExactly("ApprovalMissing");
  }

  @Test
  void an_endpoint_scales_within_the_bounds_that_were_signed() {
    ObjectNode endpoint = team.alice.sign(team.manifest("model-deployment", "bounded"));
    team.create(endpoint);
    awaitReplicas(endpoint, 1);

    Program.Result within = team.kubectl().run("scale", "mdep/bounded", "--replicas=2");
    Program.Result beyond = team.kubectl().run("scale", "mdep/bounded", "--replicas=3");

    assertThat(within.exitCode()).as(within.err()).isZero();
    assertThat(beyond.exitCode()).isEqualTo(1);
    assertThat(beyond.err()).contains("scale.replicas must be from scale.min to scale.max");
    awaitReplicas(endpoint, 2);
  }

  @Test
  void while_a_rollout_is_stuck_the_old_pods_are_scaled_and_replaced_and_it_can_be_undone() {
    ObjectNode deployment = rolledOut("stuck", 2);
    String old = name(replicaSets(deployment).getFirst());
    ObjectNode nowhere =
        Manifests.with(unsigned("stuck", 2), "/spec/template/spec/nodeSelector", "{rack: nowhere}");
    update(team.alice.sign(nowhere));
    await().atMost(LIMIT).until(() -> replicaSets(deployment).size() == 2);
    await().atMost(LIMIT).until(() -> observed(deployment).getStatus().getReplicas() == 3);

    assertThat(scaled(deployment, 3).allowed()).isTrue();
    awaitRunning(old, 3);

    team.engineer().resource(pods(old).getFirst()).delete();
    awaitRunning(old, 3);

    update(team.alice.sign(unsigned("stuck", 3)));
    awaitReady(deployment, 3);
    await()
        .atMost(LIMIT)
        .until(
            () ->
                replicaSets(deployment).stream()
                    .filter(replicaSet -> !name(replicaSet).equals(old))
                    .allMatch(replicaSet -> replicaSet.getSpec().getReplicas() == 0));
  }

  private ObjectNode unsigned(String name, int replicas) {
    ObjectNode deployment = team.manifest("deployment", name);
    deployment = Manifests.with(deployment, "/spec/replicas", Integer.toString(replicas));
    deployment = Manifests.with(deployment, "/spec/selector/matchLabels/app", name);
    return Manifests.with(deployment, "/spec/template/metadata/labels/app", name);
  }

  /** A signed Deployment whose pods all run. */
  private ObjectNode rolledOut(String name, int replicas) {
    ObjectNode deployment = team.alice.sign(unsigned(name, replicas));
    team.create(deployment);
    awaitReady(deployment, replicas);
    return deployment;
  }

  private void update(ObjectNode deployment) {
    Team.resource(team.engineer(), deployment)
        .fieldManager("kubectl")
        .forceConflicts()
        .serverSideApply();
  }

  private Verdict scaled(ObjectNode deployment, int replicas) {
    return Verdict.on(
        () ->
            team.engineer()
                .apps()
                .deployments()
                .inNamespace(team.namespace())
                .withName(deployment.at("/metadata/name").asText())
                .scale(replicas));
  }

  private Verdict patched(ReplicaSet replicaSet, String patch) {
    return Verdict.on(
        () -> team.engineer().resource(replicaSet).patch(MERGE, patch.replace('\'', '"')));
  }

  private Deployment observed(ObjectNode deployment) {
    return team.admin()
        .apps()
        .deployments()
        .inNamespace(team.namespace())
        .withName(deployment.at("/metadata/name").asText())
        .get();
  }

  private void awaitReady(ObjectNode deployment, int replicas) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              Deployment found = observed(deployment);
              return Objects.equals(found.getStatus().getReadyReplicas(), replicas)
                  && Objects.equals(found.getStatus().getUpdatedReplicas(), replicas)
                  && Objects.equals(found.getStatus().getReplicas(), replicas);
            });
  }

  private void awaitReplicas(ObjectNode endpoint, int replicas) {
    await()
        .atMost(LIMIT)
        .until(() -> team.stored(endpoint).json().at("/status/replicas").asInt() == replicas);
  }

  private void awaitRunning(String replicaSet, int pods) {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                pods(replicaSet).stream()
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                        .filter(pod -> pod.getStatus().getPhase().equals("Running"))
                        .count()
                    == pods);
  }

  private List<ReplicaSet> replicaSets(ObjectNode deployment) {
    return team.admin()
        .apps()
        .replicaSets()
        .inNamespace(team.namespace())
        .withLabel("app", deployment.at("/metadata/name").asText())
        .list()
        .getItems();
  }

  private List<Pod> pods(String replicaSet) {
    return team.admin().pods().inNamespace(team.namespace()).list().getItems().stream()
        .filter(
            pod ->
                pod.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> owner.getName().equals(replicaSet)))
        .toList();
  }

  private static String name(ReplicaSet replicaSet) {
    return replicaSet.getMetadata().getName();
  }
}
