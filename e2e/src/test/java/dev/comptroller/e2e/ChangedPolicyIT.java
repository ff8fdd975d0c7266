package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a change of policy, or the end of an approval, does to what runs already. Every test starts
 * and ends with the policy of the team.
 */
@ExtendWith(ComptrollerExtension.class)
class ChangedPolicyIT {
  private static final Duration SHORT = Duration.ofSeconds(3);

  private final Team team;

  ChangedPolicyIT(Team team) {
    this.team = team;
  }

  @AfterEach
  void as_before() {
    team.applyPolicy(team.policy());
  }

  @Test
  void where_a_change_suspends_a_run_of_a_revoked_signer_stops_and_goes_on_when_she_is_trusted() {
    team.applyPolicy(onChange("Suspend", team.policy()));
    GovernedObject run = GovernedObject.run(team, "stopped", "never").create();
    run.awaitPhase("Running");

    team.applyPolicy(onChange("Suspend", withoutAlicesKey()));
    run.awaitPhase("Suspended").awaitCondition("Admitted", "False", "Revoked");
    await().atMost(GovernedObject.LIMIT).until(() -> run.pods().isEmpty());

    team.applyPolicy(onChange("Suspend", team.policy()));
    run.awaitPhase("Running").awaitCondition("Admitted", "True", "Allowed");
    assertThat(run.pods()).hasSize(1);
  }

  @Test
  void where_a_change_suspends_an_endpoint_of_a_revoked_signer_stops_and_serves_again() {
    team.applyPolicy(onChange("Suspend", team.policy()));
    GovernedObject endpoint = GovernedObject.endpoint(team, "stopped").create();
    endpoint.awaitCondition("Ready", "True", "Available");

    team.applyPolicy(onChange("Suspend", withoutAlicesKey()));
    endpoint.awaitCondition("Ready", "False", "Stopped");
    await().atMost(GovernedObject.LIMIT).until(() -> endpoint.pods().isEmpty());
    endpoint.awaitCondition("Stalled", "True", "Stopped");

    team.applyPolicy(onChange("Suspend", team.policy()));
    endpoint.awaitCondition("Ready", "True", "Available");
    assertThat(endpoint.pods()).hasSize(1);
    endpoint.delete();
  }

  @Test
  void where_a_change_suspends_a_run_above_the_highest_tier_of_a_tighter_policy_stops() {
    team.applyPolicy(onChange("Suspend", team.policy()));
    GovernedObject run = GovernedObject.run(team, "too-big-now", "never").create();
    run.awaitPhase("Running");

    team.applyPolicy(
        onChange(
            "Suspend",
            Manifests.with(
                team.policy(), "/spec/compute/tiers", "[{name: self-service, upTo: \"0.5\"}]")));
    run.awaitPhase("Suspended").awaitCondition("Admitted", "False", "AboveHighestTier");
  }

  @Test
  void where_a_change_is_reported_a_run_and_an_endpoint_go_on_and_say_so() {
    team.applyPolicy(onChange("Report", team.policy()));
    GovernedObject run = GovernedObject.run(team, "reported", "never").create();
    GovernedObject endpoint = GovernedObject.endpoint(team, "reported").create();
    run.awaitPhase("Running");
    endpoint.awaitCondition("Ready", "True", "Available");
    String pod = run.pods().getFirst().getMetadata().getUid();

    team.applyPolicy(onChange("Report", withoutAlicesKey()));
    run.awaitCondition("Admitted", "False", "Revoked");
    endpoint.awaitCondition("Admitted", "False", "Revoked");

    await()
        .during(SHORT)
        .atMost(SHORT.multipliedBy(2))
        .untilAsserted(
            () -> {
              assertThat(run.status().path("phase").asText()).isEqualTo("Running");
              assertThat(run.pods()).extracting(p -> p.getMetadata().getUid()).containsExactly(pod);
              assertThat(endpoint.condition("Ready").path("status").asText()).isEqualTo("True");
              assertThat(endpoint.pods()).hasSize(1);
            });
    endpoint.delete();
  }

  @Test
  void after_its_approval_has_expired_a_run_goes_on_but_does_not_resume() {
    team.applyPolicy(onChange("Suspend", team.policy()));
    GovernedObject run = needingApproval("outlasting");
    team.create(team.bob.sign(approval(run, Duration.ofSeconds(30))));
    run.create().awaitPhase("Running");

    awaitExpiry(run);
    touchPolicy();
    run.awaitCondition("Approved", "False", "ApprovalMissing").awaitPhase("Running");
    assertThat(run.condition("Approved").path("message").asText()).contains("ApprovalExpired");
    assertThat(run.pods()).hasSize(1);

    assertThat(run.suspend(true).allowed()).isTrue();
    run.awaitPhase("Suspended");
    assertThat(run.suspend(false).reasons()).contains("ApprovalExpired");
    await().during(SHORT).atMost(SHORT.multipliedBy(2)).until(() -> run.pods().isEmpty());
  }

  @Test
  void a_run_that_was_admitted_is_not_started_once_its_approval_has_expired() {
    GovernedObject run = needingApproval("too-late").with("/spec/suspend", "true");
    team.create(team.bob.sign(approval(run, Duration.ofSeconds(15))));
    run.create().awaitPhase("Suspended");

    awaitExpiry(run);
    assertThat(run.suspend(false).reasons()).contains("ApprovalExpired");
    assertThat(run.wired(WiredKind.JOB)).isEmpty();
  }

  /** Waits until the same plan would be refused if it were created now. */
  private void awaitExpiry(GovernedObject run) {
    await()
        .atMost(GovernedObject.LIMIT)
        .untilAsserted(
            () -> assertThat(team.verdict(run.manifest()).reasons()).contains("ApprovalExpired"));
  }

  /** One H100 for ten hours at most: more than goes without an approval. */
  private GovernedObject needingApproval(String name) {
    return GovernedObject.run(team, name, "never")
        .with("/spec/workload/spec/activeDeadlineSeconds", "36000");
  }

  private ObjectNode approval(GovernedObject run, Duration validity) {
    ObjectNode approval = team.approval(run.name() + "-bob", run.manifest(), "100");
    approval.withObject("/spec").put("expires", Team.timestamp(validity));
    return approval;
  }

  /** Wakes the operator: a policy that says the same. */
  private void touchPolicy() {
    ObjectNode policy = onChange("Suspend", team.policy());
    policy.withObject("/metadata/annotations").put("touched", "by-somebody");
    team.applyPolicy(policy);
  }

  /** Bob may sign too: an authority without a key that counts would be refused. */
  private ObjectNode withoutAlicesKey() {
    ObjectNode policy = team.policy();
    policy
        .withArray("/spec/authorities")
        .set(0, Person.authority(Team.SIGNERS, team.alice, team.bob));
    policy.withArray("/spec/revoked").add(team.alice.key().publicKey().digest().value());
    return policy;
  }

  private static ObjectNode onChange(String what, ObjectNode policy) {
    return Manifests.with(policy, "/spec/onChange", what);
  }
}
