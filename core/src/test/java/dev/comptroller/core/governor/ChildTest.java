package dev.comptroller.core.governor;

import static dev.comptroller.core.governor.Examples.changed;
import static dev.comptroller.core.governor.Examples.deployment;
import static dev.comptroller.core.governor.Examples.job;
import static dev.comptroller.core.governor.Examples.policy;
import static dev.comptroller.core.governor.Examples.run;
import static dev.comptroller.core.governor.Person.ALICE;
import static dev.comptroller.core.governor.TestCluster.DEPLOYMENT_CONTROLLER;
import static dev.comptroller.core.governor.TestCluster.JOB_CONTROLLER;
import static dev.comptroller.core.governor.TestCluster.OPERATOR;
import static dev.comptroller.core.governor.TestCluster.REPLICASET_CONTROLLER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.Manifest;
import dev.comptroller.core.derivation.TrainingRunResources;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Children: what a controller makes of an owner is judged by its owner, and by nothing it says. */
final class ChildTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final String TENANT = "mallory";

  private final KubernetesObject run = ALICE.sign(run("small", 3600));
  private final KubernetesObject runsJob =
      withUid(TrainingRunResources.workload(run), "uid-runs-job");
  private final KubernetesObject runsPod = podOf(runsJob);

  @Test
  void the_operators_job_of_an_allowed_run_is_allowed() {
    Decision decision = create(runsJob, OPERATOR, cluster().withObject(run));
    assertThat(decision.findings()).isEmpty();
    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(decision.assessment().signedBy()).containsExactly("alice");
    assertThat(decision.assessment().planDigest()).isEmpty();
  }

  @Test
  void the_same_job_made_by_a_tenant_is_refused() {
    assertThat(codes(create(runsJob, TENANT, cluster().withObject(run))))
        .containsExactly(ReasonCode.NotDerived);
  }

  @Test
  void a_job_of_a_run_that_is_refused_is_refused_for_the_same_reason() {
    assertThat(codes(create(runsJob, OPERATOR, cluster().withObject(run("small", 3600)))))
        .containsExactly(ReasonCode.Unsigned);
  }

  @Test
  void nothing_of_a_run_that_is_held_starts() {
    KubernetesObject big = ALICE.sign(run("big", 360_000));
    TestCluster holding =
        new TestCluster()
            .with(policy().replace("whenUnapproved: Deny", "whenUnapproved: Hold"))
            .withObject(big);
    Decision decision = create(TrainingRunResources.workload(big), OPERATOR, holding);
    assertThat(decision.outcome()).isEqualTo(Outcome.DENIED);
    assertThat(codes(decision)).contains(ReasonCode.ApprovalMissing);
  }

  @Test
  void a_job_that_runs_when_its_approval_expires_may_finish_and_no_other_starts() {
    KubernetesObject big = ALICE.sign(run("big", 360_000));
    KubernetesObject approval =
        Person.BOB.sign(
            changed(
                Examples.approval("october", big, "120"),
                json -> json.withObject("/spec").put("expires", "2026-10-31T00:00:00Z")));
    TestCluster cluster = cluster().withObject(big).withApproval(approval);
    KubernetesObject created = created(big, "2026-10-30T00:00:00Z");
    assertThat(create(podOf(created), JOB_CONTROLLER, cluster.withObject(created)).findings())
        .isEmpty();
    assertThat(codes(create(created, OPERATOR, cluster))).contains(ReasonCode.ApprovalExpired);
    KubernetesObject late = created(big, "2026-10-31T12:00:00Z");
    assertThat(codes(create(podOf(late), JOB_CONTROLLER, cluster.withObject(late))))
        .contains(ReasonCode.ApprovalExpired);
    KubernetesObject suspended =
        changed(created, json -> json.withObject("/spec").put("suspend", true));
    assertThat(codes(update(suspended, created, OPERATOR, cluster.withObject(suspended))))
        .contains(ReasonCode.ApprovalExpired);
  }

  @Test
  void the_operator_alone_suspends_what_a_run_made_and_may_lower_its_deadline_then() {
    KubernetesObject unsigned = run("stopped", 3600);
    KubernetesObject runs = withUid(TrainingRunResources.workload(unsigned), "uid-of-stopped");
    KubernetesObject stopped = changed(runs, json -> json.withObject("/spec").put("suspend", true));
    KubernetesObject shorter =
        changed(stopped, json -> json.withObject("/spec").put("activeDeadlineSeconds", 1200));
    KubernetesObject longer =
        changed(stopped, json -> json.withObject("/spec").put("activeDeadlineSeconds", 7200));
    TestCluster cluster = cluster().withObject(unsigned).withObject(runs);

    assertThat(update(runs, shorter, OPERATOR, cluster).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(codes(update(runs, stopped, TENANT, cluster)))
        .containsExactly(ReasonCode.NotDerived);
    assertThat(codes(update(runs, longer, OPERATOR, cluster)))
        .containsExactly(ReasonCode.NotDerived);
    assertThat(codes(update(shorter, stopped, TENANT, cluster)))
        .containsExactly(ReasonCode.NotDerived);
  }

  private static KubernetesObject created(KubernetesObject run, String time) {
    return changed(
        withUid(TrainingRunResources.workload(run), "uid-runs-job"),
        json -> json.withObject("/metadata").put("creationTimestamp", time));
  }

  @Test
  void pods_of_a_runs_job_are_allowed_to_the_job_controller_alone() {
    TestCluster cluster = cluster().withObject(run).withObject(runsJob);
    assertThat(create(runsPod, JOB_CONTROLLER, cluster).findings()).isEmpty();
    assertThat(codes(create(runsPod, TENANT, cluster))).containsExactly(ReasonCode.NotDerived);
    assertThat(codes(create(runsPod, OPERATOR, cluster))).containsExactly(ReasonCode.NotDerived);
  }

  @Test
  void a_forged_owner_is_refused_before_and_after_the_job_has_finished() {
    KubernetesObject finished =
        changed(
            runsJob,
            json ->
                json.withObject("/status")
                    .putArray("conditions")
                    .addObject()
                    .put("type", "Complete")
                    .put("status", "True"));
    assertThat(
            codes(create(runsPod, JOB_CONTROLLER, cluster().withObject(run).withObject(finished))))
        .containsExactly(ReasonCode.NotDerived);
    assertThat(codes(create(runsPod, JOB_CONTROLLER, cluster().withObject(run))))
        .containsExactly(ReasonCode.NotDerived);
    KubernetesObject another = withUid(runsJob, "uid-of-its-successor");
    assertThat(
            codes(create(runsPod, JOB_CONTROLLER, cluster().withObject(run).withObject(another))))
        .containsExactly(ReasonCode.NotDerived);
  }

  @Test
  void a_pod_that_differs_from_its_job_is_refused_where_it_differs() {
    KubernetesObject pod =
        Manifest.of(runsPod.json().toString().replace(Examples.IMAGE, "registry/other:v1"));
    Decision decision = create(pod, JOB_CONTROLLER, cluster().withObject(run).withObject(runsJob));
    assertThat(codes(decision)).containsExactly(ReasonCode.NotDerived);
    assertThat(decision.findings().getFirst().pointer()).contains("image");
  }

  @Test
  void a_job_that_is_no_longer_what_its_run_stands_for_gets_no_pods() {
    KubernetesObject larger =
        Manifest.of(
            runsJob.json().toString().replace("\"nvidia.com/gpu\":\"1\"", "\"nvidia.com/gpu\":8"));
    assertThat(
            codes(
                create(
                    podOf(larger), JOB_CONTROLLER, cluster().withObject(run).withObject(larger))))
        .containsExactly(ReasonCode.NotDerived);
  }

  @Test
  void an_owner_that_cannot_be_asked_for_gives_no_verdict() {
    assertThat(create(runsPod, JOB_CONTROLLER, cluster().unreachable()).outcome())
        .isEqualTo(Outcome.RETRY);
  }

  @Test
  void where_nobody_governs_no_owner_is_asked_for() {
    Decision decision =
        create(podOf(job("plain")), JOB_CONTROLLER, new TestCluster().unreachable());
    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(decision.warnings()).extracting(Finding::code).containsExactly(ReasonCode.NoPolicy);
    assertThat(create(runsJob, OPERATOR, new TestCluster().unreachable()).outcome())
        .isEqualTo(Outcome.RETRY);
  }

  @Test
  void the_controller_reference_stays() {
    TestCluster cluster = cluster().withObject(run).withObject(runsJob);
    KubernetesObject freed =
        changed(runsPod, json -> ((ObjectNode) json.get("metadata")).remove("ownerReferences"));
    assertThat(codes(update(runsPod, freed, TENANT, cluster)))
        .containsExactly(ReasonCode.ControllerChanged);
    assertThat(codes(update(freed, runsPod, TENANT, cluster)))
        .containsExactly(ReasonCode.ControllerChanged);
  }

  @Test
  void finalizers_of_pods_can_be_removed_whatever_became_of_their_owner() {
    KubernetesObject held =
        changed(
            runsPod,
            json -> json.withObject("/metadata").putArray("finalizers").add("batch/tracking"));
    assertThat(update(held, runsPod, JOB_CONTROLLER, cluster()).outcome())
        .isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void a_pod_without_accelerators_may_say_what_it_likes_but_not_that_it_is_ours() {
    KubernetesObject plain =
        Manifest.of(runsPod.json().toString().replace("nvidia.com/gpu", "cpu"));
    assertThat(create(plain, TENANT, cluster()).outcome()).isEqualTo(Outcome.ALLOWED);
    KubernetesObject ours = Manifest.of(runsJob.json().toString().replace("nvidia.com/gpu", "cpu"));
    assertThat(codes(create(ours, TENANT, cluster().withObject(run))))
        .containsExactly(ReasonCode.NotDerived);
  }

  @Test
  void a_signed_job_of_its_own_has_its_pods() {
    KubernetesObject signed = ALICE.sign(job("plain"));
    TestCluster cluster = cluster().withObject(signed);
    assertThat(create(podOf(signed), JOB_CONTROLLER, cluster).findings()).isEmpty();
    assertThat(
            codes(create(podOf(job("plain")), JOB_CONTROLLER, cluster().withObject(job("plain")))))
        .containsExactly(ReasonCode.Unsigned);
  }

  @Test
  void deployment_replicaset_and_pod_are_a_chain() {
    KubernetesObject deployment = ALICE.sign(deployment("serve"));
    KubernetesObject replicaSet = replicaSetOf(deployment);
    TestCluster cluster = serving().withObject(deployment).withObject(replicaSet);
    assertThat(create(replicaSet, DEPLOYMENT_CONTROLLER, cluster).findings()).isEmpty();
    assertThat(codes(create(replicaSet, TENANT, cluster))).containsExactly(ReasonCode.NotDerived);
    assertThat(create(podOf(replicaSet), REPLICASET_CONTROLLER, cluster).findings()).isEmpty();
    TestCluster unsigned = serving().withObject(deployment("serve")).withObject(replicaSet);
    assertThat(codes(create(podOf(replicaSet), REPLICASET_CONTROLLER, unsigned)))
        .containsExactly(ReasonCode.Unsigned);
  }

  @Test
  void the_template_of_a_replicaset_is_not_edited() {
    KubernetesObject deployment = ALICE.sign(deployment("serve"));
    KubernetesObject replicaSet = replicaSetOf(deployment);
    KubernetesObject edited =
        Manifest.of(replicaSet.json().toString().replace(Examples.IMAGE, "registry/other:v1"));
    assertThat(codes(update(replicaSet, edited, TENANT, serving().withObject(deployment))))
        .containsExactly(ReasonCode.NotDerived);
  }

  @Test
  void in_a_stuck_rollout_the_older_replicaset_is_scaled_by_its_controller_alone() {
    KubernetesObject older = replicaSetOf(ALICE.sign(deployment("serve")));
    KubernetesObject next =
        ALICE.sign(
            changed(
                deployment("serve"),
                json -> json.withObject("/spec/template/metadata/labels").put("version", "two")));
    TestCluster cluster = serving().withObject(next);
    KubernetesObject none = replicas(older, 0);
    assertThat(update(none, older, DEPLOYMENT_CONTROLLER, cluster).findings()).isEmpty();
    assertThat(codes(update(none, older, TENANT, cluster))).containsExactly(ReasonCode.NotDerived);
    assertThat(update(older, none, TENANT, cluster).outcome()).isEqualTo(Outcome.ALLOWED);
    TestCluster replaced = serving().withObject(withUid(next, "uid-of-its-successor"));
    assertThat(codes(update(none, older, DEPLOYMENT_CONTROLLER, replaced)))
        .containsExactly(ReasonCode.NotDerived);
  }

  private static TestCluster cluster() {
    return new TestCluster().with(policy());
  }

  private static TestCluster serving() {
    return new TestCluster().with(policy().replace("compute:", "compute:\n    servingWindow: 1h"));
  }

  private static KubernetesObject replicaSetOf(KubernetesObject deployment) {
    KubernetesObject replicaSet =
        Manifest.of(
            """
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata: {name: serve-abc, namespace: team, uid: uid-serve-abc}
            spec: {replicas: 2}
            """);
    return changed(
        replicaSet,
        json -> {
          json.withObject("/metadata").set("annotations", deployment.metadata().get("annotations"));
          ObjectNode spec = json.withObject("/spec");
          spec.set("selector", deployment.spec().path("selector").deepCopy());
          spec.set("template", deployment.spec().path("template").deepCopy());
          spec.withObject("/selector/matchLabels").put("pod-template-hash", "abc");
          spec.withObject("/template/metadata/labels").put("pod-template-hash", "abc");
          own(json, deployment);
        });
  }

  private static KubernetesObject podOf(KubernetesObject owner) {
    KubernetesObject pod =
        Manifest.of(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s-x7k2p, namespace: team, uid: uid-pod}
            """
                .formatted(owner.name()));
    return changed(
        pod,
        json -> {
          json.set("spec", owner.spec().path("template").path("spec").deepCopy());
          JsonNode labels = owner.spec().at("/template/metadata/labels");
          if (labels.isObject()) {
            json.withObject("/metadata").set("labels", labels.deepCopy());
          }
          own(json, owner);
        });
  }

  private static void own(ObjectNode child, KubernetesObject owner) {
    child
        .withObject("/metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", owner.apiVersion())
        .put("kind", owner.kind())
        .put("name", owner.name())
        .put("uid", owner.uid())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }

  private static KubernetesObject replicas(KubernetesObject object, int replicas) {
    return changed(object, json -> json.withObject("/spec").put("replicas", replicas));
  }

  private static KubernetesObject withUid(KubernetesObject object, String uid) {
    return changed(object, json -> json.withObject("/metadata").put("uid", uid));
  }

  private static Decision create(KubernetesObject object, String user, ClusterView cluster) {
    return judge(Review.create(object, new Requester(user, Set.of())), cluster);
  }

  private static Decision update(
      KubernetesObject before, KubernetesObject after, String user, ClusterView cluster) {
    return judge(Review.update(before, after, new Requester(user, Set.of())), cluster);
  }

  private static Decision judge(Review review, ClusterView cluster) {
    return new Governor(new GovernorTest.Answers()).review(review, cluster, NOW);
  }

  private static List<ReasonCode> codes(Decision decision) {
    return decision.findings().stream().map(Finding::code).distinct().toList();
  }
}
