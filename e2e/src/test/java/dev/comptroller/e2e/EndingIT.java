package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.FreshNamespace;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Governance keeps nothing from ending. */
@ExtendWith(ComptrollerExtension.class)
class EndingIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final String FINALIZER = "example.com/wait";
  private static final String DELAY =
      "{annotations: {pod-complete.stage.kwok.x-k8s.io/delay: never}}";

  private final Team team;

  EndingIT(Team team) {
    this.team = team;
  }

  @AfterEach
  void trust() {
    team.applyPolicy(team.policy());
    awaitTrusted(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"training-run", "model-deployment", "job", "deployment", "pod"})
  void finalizers_come_off_what_would_be_refused_now(String manifest) {
    ObjectNode object = team.alice.sign(team.manifest(manifest, manifest + "-finalized"));
    object.withObject("/metadata").putArray("finalizers").add(FINALIZER).add("example.com/other");
    team.create(object);
    revokeAlice();
    assertThat(team.verdict(team.alice.sign(team.manifest(manifest, "another"))).reasons())
        .as("this one is refused now")
        .contains("Revoked");

    assertThat(finalizers(object, "[\"" + FINALIZER + "\"]").allowed()).isTrue();
    Team.resource(team.engineer(), object).delete();
    assertThat(finalizers(object, "[]").allowed()).isTrue();

    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(Team.resource(team.admin(), object).get()).isNull());
  }

  @Test
  void a_namespace_ends_with_all_that_runs_in_it(ControlPlane controlPlane) {
    FreshNamespace namespace = FreshNamespace.create(controlPlane.admin(), "EndingITWhole");
    try (Team whole = Team.in(controlPlane, namespace.name())) {
      ObjectNode run =
          create(whole, "training-run", "/spec/workload/spec/template/metadata", DELAY);
      create(whole, "job", "/spec/template/metadata", DELAY);
      ObjectNode endpoint = create(whole, "model-deployment", "/spec/scale/min", "1");
      create(whole, "stateful-set", "/spec/replicas", "1");
      await()
          .atMost(LIMIT)
          .until(
              () ->
                  whole.stored(run).json().at("/status/phase").asText().equals("Running")
                      && whole.stored(endpoint).json().at("/status/replicas").asInt() == 1);

      namespace.close();

      await()
          .atMost(LIMIT)
          .until(() -> controlPlane.admin().namespaces().withName(namespace.name()).get() == null);
    }
  }

  private static ObjectNode create(Team team, String manifest, String pointer, String yaml) {
    ObjectNode object =
        team.alice.sign(Manifests.with(team.manifest(manifest, manifest), pointer, yaml));
    team.create(object);
    return object;
  }

  private void revokeAlice() {
    ObjectNode policy = team.policy();
    policy
        .withArray("/spec/authorities")
        .set(0, Person.authority(Team.SIGNERS, team.alice, team.bob));
    policy.withArray("/spec/revoked").add(team.alice.key().publicKey().digest().value());
    team.applyPolicy(policy);
    awaitTrusted(false);
  }

  private void awaitTrusted(boolean trusted) {
    ObjectNode run = team.alice.sign(team.manifest("training-run", "any"));
    await().atMost(LIMIT).until(() -> team.verdict(run).allowed() == trusted);
  }

  private Verdict finalizers(ObjectNode object, String list) {
    return Verdict.on(
        () ->
            Team.resource(team.engineer(), object)
                .patch(MERGE, "{\"metadata\": {\"finalizers\": " + list + "}}"));
  }
}
