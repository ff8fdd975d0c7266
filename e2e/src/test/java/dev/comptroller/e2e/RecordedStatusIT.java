package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.install.InstalledChart;
import dev.comptroller.testkit.install.LocalDeployment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The status of our kinds in each phase is the recorded one, which other tests judge. With {@code
 * -Dcomptroller.record=true} this writes the records.
 */
@ExtendWith(ComptrollerExtension.class)
class RecordedStatusIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Set<String> NEVER_SEEN = Set.of("trainingrun-unseen", "acceleratorclass");
  private static final String POD_PLAYED =
      "/spec/workload/spec/template/metadata/annotations/pod-complete.stage.kwok.x-k8s.io~1";

  private final Team team;
  private final InstalledChart installed;

  RecordedStatusIT(Team team, InstalledChart installed) {
    this.team = team;
    this.installed = installed;
  }

  @AfterEach
  void policyAsBefore() {
    team.applyPolicy(team.policy());
  }

  @Test
  void of_a_run_that_the_operator_has_not_seen() {
    LocalDeployment operator = installed.deployment("comptroller-operator");
    operator.kill();
    try {
      ObjectNode run = run("unseen");
      team.create(team.alice.sign(run));
      isRecorded("trainingrun-unseen", run);
    } finally {
      operator.start();
    }
  }

  @Test
  void of_a_run_while_and_after_its_pods_run() {
    ObjectNode lasting = Manifests.with(run("lasting"), POD_PLAYED + "delay", "never");
    team.create(team.alice.sign(lasting));
    isRecorded("trainingrun-running", lasting);

    ObjectNode succeeding = run("succeeding");
    team.create(team.alice.sign(succeeding));
    isRecorded("trainingrun-succeeded", succeeding);

    ObjectNode failing = Manifests.with(run("failing"), POD_PLAYED + "exit-code", "'1'");
    team.create(team.alice.sign(failing));
    isRecorded("trainingrun-failed", failing);
  }

  @Test
  void of_a_run_that_is_suspended_and_then_no_longer_trusted() {
    ObjectNode run = run("suspended");
    run.withObject("/spec").put("suspend", true);
    team.create(team.alice.sign(run));
    isRecorded("trainingrun-suspended", run);

    ObjectNode policy = team.policy();
    Person stranger = Person.of("eve", "research");
    policy.withArray("/spec/authorities").set(0, Person.authority(Team.SIGNERS, stranger));
    team.applyPolicy(policy);
    isRecorded("trainingrun-refused", run);
  }

  @Test
  void of_what_is_held_until_it_is_approved() {
    ObjectNode policy = Manifests.with(team.policy(), "/spec/compute/whenUnapproved", "Hold");
    team.applyPolicy(policy);
    ObjectNode run =
        Manifests.with(
            run("held"),
            "/spec/workload/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu",
            "\"9\"");
    await().atMost(LIMIT).until(() -> team.verdict(team.alice.sign(run)).allowed());
    team.create(team.alice.sign(run));
    isRecorded("trainingrun-awaiting-approval", run);

    ObjectNode endpoint = endpoint("held", "\"9\"");
    team.create(team.alice.sign(endpoint));
    isRecorded("modeldeployment-awaiting-approval", endpoint);

    // No node has nine accelerators, so its pods wait for ever.
    team.create(team.bob.sign(team.approval("held", endpoint, "100")));
    isRecorded("modeldeployment-rolling-out", endpoint);
  }

  @Test
  void of_an_endpoint_that_serves() {
    ObjectNode endpoint = endpoint("serving", "\"1\"");
    team.create(team.alice.sign(endpoint));
    isRecorded("modeldeployment-available", endpoint);
  }

  @Test
  void of_approvals_policies_and_classes() {
    ObjectNode approval = team.approval("in-force", run("in-force"), "8");
    team.create(team.bob.sign(approval));
    isRecorded("approval-in-force", approval);

    ObjectNode brief = team.approval("expired", run("expired"), "8");
    brief.withObject("/spec").put("expires", Team.timestamp(Duration.ofSeconds(5)));
    team.create(team.bob.sign(brief));
    isRecorded("approval-expired", brief);

    isRecorded("governancepolicy-in-force", team.policy());

    isRecorded(
        "acceleratorclass",
        (ObjectNode)
            Manifests.yaml(
                """
                apiVersion: comptroller.dev/v1alpha1
                kind: AcceleratorClass
                metadata: {name: nvidia-h100-sxm5-80gb}
                """));
  }

  private ObjectNode run(String name) {
    return team.manifest("training-run", name);
  }

  private ObjectNode endpoint(String name, String accelerators) {
    return Manifests.with(
        team.manifest("model-deployment", name),
        "/spec/runtime/resources/limits/nvidia.com~1gpu",
        accelerators);
  }

  private void isRecorded(String name, ObjectNode object) {
    if (Boolean.getBoolean("comptroller.record")) {
      RecordedObject.record(name, settled(object, NEVER_SEEN.contains(name)), team.namespace());
      return;
    }
    JsonNode recorded = RecordedObject.read(name).object();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(RecordedObject.summary(stored(object)))
                    .isEqualTo(RecordedObject.summary(recorded)));
  }

  /** The object once its status is of its newest generation and has stayed for a while. */
  private JsonNode settled(ObjectNode object, boolean unseen) {
    if (!unseen) {
      await().atMost(LIMIT).until(() -> RecordedObject.summary(stored(object)).contains("seen"));
    }
    List<String> before;
    do {
      before = RecordedObject.summary(stored(object));
      await().pollDelay(Duration.ofSeconds(8)).until(() -> true);
    } while (!RecordedObject.summary(stored(object)).equals(before));
    return stored(object);
  }

  private JsonNode stored(ObjectNode object) {
    return team.stored(object).json();
  }
}
