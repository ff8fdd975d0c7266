package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.object.KubernetesObject;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A TrainingRun or ModelDeployment of a team, and what the operator made of it.
 *
 * @param label the label that names it on all that is made of it
 */
record GovernedObject(Team team, ObjectNode manifest, String label) {
  static final Duration LIMIT = Duration.ofSeconds(60);

  /** How long the pods of a run last; see {@code hack/control-plane --help}. */
  private static final String LASTS =
      "/spec/workload/spec/template/metadata/annotations/pod-complete.stage.kwok.x-k8s.io~1delay";

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final JsonMapper JSON = new JsonMapper();

  /** A run, signed by Alice, whose pods last this long; it is not created yet. */
  static GovernedObject run(Team team, String name, String lasts) {
    ObjectNode run = Manifests.with(team.manifest("training-run", name), LASTS, lasts);
    return new GovernedObject(team, team.alice.sign(run), Api.TRAINING_RUN_LABEL);
  }

  /** An endpoint, signed by Alice; it is not created yet. */
  static GovernedObject endpoint(Team team, String name) {
    ObjectNode endpoint = team.manifest("model-deployment", name);
    return new GovernedObject(team, team.alice.sign(endpoint), Api.MODEL_DEPLOYMENT_LABEL);
  }

  /** The same object with a member of another value, signed by Alice again. */
  GovernedObject with(String pointer, String yaml) {
    return new GovernedObject(
        team, team.alice.sign(Manifests.with(manifest, pointer, yaml)), label);
  }

  String name() {
    return manifest.at("/metadata/name").asText();
  }

  GovernedObject create() {
    team.create(manifest);
    return this;
  }

  /** Applies this state over what is stored, as the engineer. */
  void apply() {
    Team.resource(team.engineer(), manifest)
        .fieldManager("engineer")
        .forceConflicts()
        .serverSideApply();
  }

  void delete() {
    Team.resource(team.engineer(), manifest).delete();
  }

  /** Asks for the run to be stopped or to go on, as the engineer. */
  Verdict suspend(boolean suspend) {
    return Verdict.on(
        () ->
            Team.resource(team.engineer(), manifest)
                .patch(MERGE, "{\"spec\":{\"suspend\":%s}}".formatted(suspend)));
  }

  KubernetesObject stored() {
    return team.stored(manifest);
  }

  JsonNode status() {
    return stored().json().path("status");
  }

  /** The condition of this type; missing where there is none. */
  JsonNode condition(String type) {
    return StreamSupport.stream(status().path("conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals(type))
        .findFirst()
        .orElseGet(JSON::createObjectNode);
  }

  /** Waits until a condition has this status and reason. */
  GovernedObject awaitCondition(String type, String status, String reason) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              JsonNode condition = condition(type);
              assertThat(
                      condition.path("status").asText() + " " + condition.path("reason").asText())
                  .as("%s of %s", type, status())
                  .isEqualTo(status + " " + reason);
            });
    return this;
  }

  /** Waits until the run is in this phase. */
  GovernedObject awaitPhase(String phase) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(status().path("phase").asText()).as("%s", status()).isEqualTo(phase));
    return this;
  }

  List<Pod> pods() {
    return team.admin()
        .pods()
        .inNamespace(team.namespace())
        .withLabel(label, name())
        .list()
        .getItems();
  }

  /** What the operator made of it, but for pods. */
  List<GenericKubernetesResource> wired() {
    return WiredKind.all()
        .filter(kind -> kind.isServed(team.admin()))
        .flatMap(this::wired)
        .toList();
  }

  /** What the operator made of it, of one kind. */
  Stream<GenericKubernetesResource> wired(WiredKind kind) {
    return kind
        .in(team.admin(), team.namespace())
        .withLabel(label, name())
        .list()
        .getItems()
        .stream();
  }
}
