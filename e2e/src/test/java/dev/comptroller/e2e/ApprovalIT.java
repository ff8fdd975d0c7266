package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ComptrollerExtension.class)
class ApprovalIT {
  private static final String OTHER_CLUSTER = "00000000-0000-0000-0000-000000000000";

  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final Team team;

  ApprovalIT(Team team) {
    this.team = team;
  }

  @Test
  void a_big_run_is_refused_until_somebody_approves_it_and_then_runs() {
    ObjectNode run = bigRun("big");
    assertThat(team.verdict(run).reasons()).containsExactly("ApprovalMissing");
    assertThat(team.verdict(run).message()).contains("kubectl-comptroller approve");

    team.create(team.bob.sign(team.approval("big", run, "17")));
    awaitAllowed(run);
    team.create(run);

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(team.stored(run).json().at("/status/phase").asText())
                  .isEqualTo("Succeeded");
              assertThat(team.stored(run).json().at("/status/approvedBy").asText())
                  .isEqualTo("bob");
            });
  }

  @Test
  void an_approval_of_another_plan_does_not_count() {
    ObjectNode run = bigRun("plan-a");
    ObjectNode otherPlan = Manifests.with(run, "/spec/workload/spec/activeDeadlineSeconds", "5400");
    team.create(team.bob.sign(team.approval("plan-b", otherPlan, "17")));

    assertStaysRefused(run, "ApprovalMismatch");
  }

  @Test
  void an_approval_of_fewer_gpu_hours_does_not_count() {
    ObjectNode run = bigRun("hours");
    team.create(team.bob.sign(team.approval("hours", run, "16")));

    assertStaysRefused(run, "ApprovalMismatch");
  }

  @Test
  void an_approval_for_another_cluster_is_refused_when_it_is_applied() {
    ObjectNode approval =
        Manifests.with(
            team.approval("cluster", bigRun("cluster"), "17"), "/spec/cluster", OTHER_CLUSTER);

    assertThat(team.verdict(team.bob.sign(approval)).reasons()).containsExactly("ApprovalMismatch");
  }

  @Test
  void an_unsigned_approval_is_refused_when_it_is_applied() {
    assertThat(team.verdict(team.approval("unsigned", bigRun("unsigned"), "17")).allowed())
        .isFalse();
  }

  @Test
  void an_approval_by_somebody_who_is_no_approver_is_refused_when_it_is_applied() {
    ObjectNode approval = team.approval("nobody", bigRun("nobody"), "17");

    assertThat(team.verdict(team.mallory.sign(approval)).allowed()).isFalse();
    assertThat(team.verdict(team.alice.sign(approval)).allowed()).isFalse();
  }

  @Test
  void an_expired_approval_does_not_count() {
    ObjectNode run = bigRun("expired");
    ObjectNode approval =
        Manifests.with(
            team.approval("expired", run, "17"),
            "/spec/expires",
            "'" + Team.timestamp(Duration.ofSeconds(3)) + "'");
    team.create(team.bob.sign(approval));

    awaitAllowed(run);
    awaitRefused(run, "ApprovalExpired");
  }

  @Test
  void the_signer_of_a_plan_is_no_approver_of_it() {
    ObjectNode unsigned = big("self");
    ObjectNode policy = team.policy();
    policy
        .withArray("/spec/authorities")
        .set(0, Person.authority(Team.SIGNERS, team.alice, team.bob));
    team.applyPolicy(policy);
    ObjectNode run = team.bob.sign(unsigned);
    team.create(team.bob.sign(team.approval("self", run, "17")));

    awaitRefused(run, "SelfApproval");
  }

  @Test
  void one_person_with_two_approvals_is_one_approver() {
    ObjectNode run = hugeRun("twice");
    team.create(team.bob.sign(team.approval("twice-1", run, "161")));
    team.create(team.bob.sign(team.approval("twice-2", run, "161")));
    assertStaysRefused(run, "ApprovalMissing");

    team.create(team.carol.sign(team.approval("twice-3", run, "161")));
    awaitAllowed(run);
  }

  @Test
  void a_run_above_the_highest_tier_is_refused() {
    ObjectNode run =
        team.alice.sign(
            Manifests.with(big("above"), "/spec/workload/spec/activeDeadlineSeconds", "4000000"));

    assertThat(team.verdict(run).reasons()).containsExactly("AboveHighestTier");
  }

  @Test
  void an_approval_cannot_be_changed() {
    ObjectNode approval = team.approval("immutable", bigRun("immutable"), "17");
    team.create(team.bob.sign(approval));

    Verdict verdict =
        Verdict.on(
            () ->
                Team.resource(
                        team.admin(),
                        team.bob.sign(Manifests.with(approval, "/spec/gpuHours", "'18'")))
                    .update());
    assertThat(verdict.message()).contains("immutable");
  }

  private void assertStaysRefused(ObjectNode run, String reason) {
    awaitRefused(run, reason);
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(team.verdict(run).reasons()).contains(reason));
  }

  private void awaitRefused(ObjectNode run, String reason) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(team.verdict(run).reasons()).contains(reason));
  }

  private void awaitAllowed(ObjectNode run) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              Verdict verdict = team.verdict(run);
              assertThat(verdict.allowed()).as(verdict.message()).isTrue();
            });
  }

  /** Eight accelerators for two hours and half a minute to end: 16.07 GPU-hours, one approver. */
  private ObjectNode big(String name) {
    ObjectNode run = team.manifest("training-run", name);
    run = Manifests.with(run, "/spec/workload/spec/activeDeadlineSeconds", "7200");
    return Manifests.with(
        run,
        "/spec/workload/spec/template/spec/containers/0/resources",
        "{limits: {nvidia.com/gpu: '8'}}");
  }

  private ObjectNode bigRun(String name) {
    return team.alice.sign(big(name));
  }

  /** 160.07 GPU-hours, which need two approvers of different organizations. */
  private ObjectNode hugeRun(String name) {
    return team.alice.sign(
        Manifests.with(big(name), "/spec/workload/spec/activeDeadlineSeconds", "72000"));
  }
}
