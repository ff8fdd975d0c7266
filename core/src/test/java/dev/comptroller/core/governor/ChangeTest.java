package dev.comptroller.core.governor;

import static dev.comptroller.core.governor.Examples.changed;
import static dev.comptroller.core.governor.Examples.deployment;
import static dev.comptroller.core.governor.Examples.job;
import static dev.comptroller.core.governor.Examples.policy;
import static dev.comptroller.core.governor.Examples.run;
import static dev.comptroller.core.governor.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.core.Manifest;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Changes: what was judged stays as it was judged, and can always end. */
final class ChangeTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final Requester TENANT = new Requester("mallory", Set.of());

  @Test
  void an_unchanged_plan_passes_and_is_warned_if_it_would_be_refused_now() {
    KubernetesObject unsigned = run("small", 3600);
    KubernetesObject released =
        changed(unsigned, json -> json.withObject("/metadata").putArray("finalizers"));
    Decision decision = update(unsigned, released, cluster());
    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(decision.warnings()).extracting(Finding::code).containsExactly(ReasonCode.Unsigned);
  }

  @Test
  void an_unchanged_plan_passes_even_if_no_verdict_is_possible() {
    KubernetesObject big = ALICE.sign(run("big", 360_000));
    KubernetesObject labelled =
        changed(big, json -> json.withObject("/metadata").putObject("labels").put("a", "b"));
    assertThat(update(big, labelled, cluster().unreachable()).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void what_the_api_server_fills_in_is_no_change() {
    KubernetesObject before = job("plain");
    KubernetesObject after =
        changed(
            before, json -> json.withObject("/spec").put("completions", 1).put("parallelism", 1));
    assertThat(update(before, after, cluster()).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void the_plan_of_a_run_never_changes_even_with_a_new_signature() {
    KubernetesObject before = ALICE.sign(run("small", 3600));
    KubernetesObject after = ALICE.sign(run("small", 7200));
    assertThat(codes(update(before, after, cluster()))).containsExactly(ReasonCode.PlanChanged);
  }

  @Test
  void a_changed_plan_is_refused_while_the_object_is_being_deleted() {
    KubernetesObject before =
        changed(
            ALICE.sign(job("ending")),
            json -> json.withObject("/metadata").put("deletionTimestamp", "2026-11-01T00:00:00Z"));
    KubernetesObject after =
        changed(before, json -> json.withObject("/spec").put("activeDeadlineSeconds", 7200));
    assertThat(codes(update(before, after, cluster())))
        .containsExactly(ReasonCode.SignatureInvalid);
  }

  @Test
  void a_removed_signature_is_refused() {
    assertThat(codes(update(ALICE.sign(job("a")), job("a"), cluster())))
        .containsExactly(ReasonCode.Unsigned);
  }

  @Test
  void an_unsigned_run_can_be_signed() {
    KubernetesObject run = run("small", 3600);
    assertThat(update(run, ALICE.sign(run), cluster()).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void stopping_is_always_possible_and_resuming_is_judged_again() {
    KubernetesObject runs = run("small", 3600);
    KubernetesObject stopped = changed(runs, json -> json.withObject("/spec").put("suspend", true));
    assertThat(update(runs, stopped, cluster()).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(codes(update(stopped, runs, cluster()))).containsExactly(ReasonCode.Unsigned);
    KubernetesObject signed = ALICE.sign(runs);
    KubernetesObject signedStopped =
        changed(signed, json -> json.withObject("/spec").put("suspend", true));
    assertThat(update(signedStopped, signed, cluster()).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void accelerators_of_a_suspended_job_cannot_be_raised() {
    KubernetesObject before =
        changed(ALICE.sign(job("waiting")), json -> json.withObject("/spec").put("suspend", true));
    KubernetesObject after =
        Manifest.of(
            before.json().toString().replace("\"nvidia.com/gpu\":\"1\"", "\"nvidia.com/gpu\":8"));
    assertThat(codes(update(before, after, cluster()))).contains(ReasonCode.SignatureInvalid);
  }

  @Test
  void more_replicas_of_a_signed_deployment_are_priced_again() {
    TestCluster serving =
        new TestCluster().with(policy().replace("compute:", "compute:\n    servingWindow: 1h"));
    KubernetesObject two = ALICE.sign(deployment("serve"));
    KubernetesObject eight = replicas(two, 8);
    KubernetesObject nine = replicas(two, 9);
    assertThat(update(two, eight, serving).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(codes(update(two, nine, serving))).contains(ReasonCode.ApprovalMissing);
    assertThat(update(nine, two, serving).outcome()).isEqualTo(Outcome.ALLOWED);
    serving.withObject(two);
    assertThat(scale(two, 8, serving).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(codes(scale(two, 9, serving))).contains(ReasonCode.ApprovalMissing);
    assertThat(scale(two, 1, serving).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void scaling_what_is_not_there_is_refused() {
    assertThat(codes(scale(deployment("gone"), 3, cluster())))
        .containsExactly(ReasonCode.InvalidObject);
    assertThat(scale(deployment("serve"), 3, cluster().unreachable()).outcome())
        .isEqualTo(Outcome.RETRY);
  }

  @Test
  void an_endpoint_scales_within_its_signed_bounds_without_a_question() {
    KubernetesObject endpoint =
        Manifest.of(
            """
            apiVersion: comptroller.dev/v1alpha1
            kind: ModelDeployment
            metadata: {name: score, namespace: team}
            spec: {scale: {min: 1, max: 8, replicas: 2}}
            """);
    assertThat(scale(endpoint, 8, cluster().withObject(endpoint)).outcome())
        .isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void fewer_replicas_with_another_image_are_judged() {
    KubernetesObject two = ALICE.sign(deployment("serve"));
    KubernetesObject one =
        Manifest.of(
            replicas(two, 1).json().toString().replace(Examples.IMAGE, "registry/other:v1"));
    assertThat(codes(update(two, one, cluster())))
        .contains(ReasonCode.SignatureInvalid, ReasonCode.ImageNotPinned);
  }

  @Test
  void orphaning_is_refused_both_ways() {
    KubernetesObject run = ALICE.sign(run("small", 3600));
    KubernetesObject orphaning =
        changed(run, json -> json.withObject("/metadata").putArray("finalizers").add("orphan"));
    assertThat(codes(update(run, orphaning, cluster()))).containsExactly(ReasonCode.Orphaning);
    assertThat(codes(create(orphaning, cluster()))).containsExactly(ReasonCode.Orphaning);
    assertThat(codes(delete(run, "Orphan", cluster()))).containsExactly(ReasonCode.Orphaning);
    assertThat(codes(delete(ALICE.sign(job("a")), "Orphan", cluster())))
        .containsExactly(ReasonCode.Orphaning);
    assertThat(delete(run, "Background", cluster()).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(update(orphaning, run, cluster()).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void an_ephemeral_container_in_a_signed_pod_is_judged() {
    KubernetesObject pod =
        ALICE.sign(
            Manifest.of(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: train, namespace: team}
                spec:
                  activeDeadlineSeconds: 3600
                  restartPolicy: Never
                  containers:
                  - {name: main, image: "%s", resources: {limits: {nvidia.com/gpu: "1"}}}
                """
                    .formatted(Examples.IMAGE)));
    assertThat(create(pod, cluster()).outcome()).isEqualTo(Outcome.ALLOWED);
    KubernetesObject debugged =
        changed(
            pod,
            json ->
                json.withObject("/spec")
                    .putArray("ephemeralContainers")
                    .addObject()
                    .put("name", "debug")
                    .put("image", "busybox"));
    Review review =
        new Review(
            Operation.UPDATE,
            pod.key(),
            "ephemeralcontainers",
            Optional.of(debugged),
            Optional.of(pod),
            Optional.empty(),
            TENANT);
    assertThat(codes(judge(review, cluster())))
        .contains(ReasonCode.SignatureInvalid, ReasonCode.ImageNotPinned);
  }

  @Test
  void exec_and_attach_into_governed_accelerator_pods_are_refused() {
    KubernetesObject pod =
        Manifest.of(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: train, namespace: team}
            spec: {containers: [{name: main, image: x, resources: {limits: {nvidia.com/gpu: 1}}}]}
            """);
    KubernetesObject plain = Manifest.of(pod.json().toString().replace("nvidia.com/gpu", "memory"));
    assertThat(codes(connect(pod, "exec", cluster().withObject(pod))))
        .containsExactly(ReasonCode.InteractiveDenied);
    assertThat(codes(connect(pod, "attach", cluster().withObject(pod))))
        .containsExactly(ReasonCode.InteractiveDenied);
    assertThat(connect(pod, "exec", cluster().withObject(plain)).outcome())
        .isEqualTo(Outcome.ALLOWED);
    assertThat(codes(connect(pod, "exec", cluster())))
        .containsExactly(ReasonCode.InteractiveDenied);
    assertThat(connect(pod, "exec", cluster().unreachable()).outcome()).isEqualTo(Outcome.RETRY);
    TestCluster open =
        new TestCluster()
            .with(policy().replace("  signing:", "  interactive: Allow\n  signing:"))
            .withObject(pod);
    assertThat(connect(pod, "exec", open).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(connect(pod, "exec", new TestCluster().withObject(pod)).outcome())
        .isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void bad_policies_are_refused_when_they_are_applied() {
    KubernetesObject good = Manifest.of(policy());
    assertThat(create(good, cluster()).outcome()).isEqualTo(Outcome.ALLOWED);
    KubernetesObject badKey =
        changed(
            good,
            json -> json.withObject("/spec/authorities/0/keys/0").put("publicKey", "not a key"));
    Decision decision = create(badKey, cluster());
    assertThat(codes(decision)).containsExactly(ReasonCode.InvalidPolicy);
    assertThat(decision.findings().getFirst().pointer())
        .isEqualTo("/spec/authorities/0/keys/0/publicKey");
    KubernetesObject badRule =
        changed(
            good,
            json ->
                json.withObject("/spec")
                    .putArray("rules")
                    .addObject()
                    .put("name", "r")
                    .put("rego", "broken"));
    assertThat(create(badRule, cluster()).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("line 1"));
    KubernetesObject misspelt =
        changed(good, json -> json.withObject("/spec").put("enforcment", "Warn"));
    assertThat(create(misspelt, cluster()).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(ReasonCode.InvalidPolicy);
              assertThat(finding.pointer()).isEqualTo("/spec/enforcment");
            });
  }

  @Test
  void deleting_the_last_policy_is_said_to_be_what_it_is() {
    KubernetesObject only = Manifest.of(policy());
    Decision decision = delete(only, "Background", cluster());
    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(decision.warnings()).extracting(Finding::code).containsExactly(ReasonCode.NoPolicy);
    TestCluster two = cluster().with(policy().replace("name: research", "name: other"));
    assertThat(delete(only, "Background", two).warnings()).isEmpty();
  }

  @Test
  void an_approval_that_could_never_count_is_refused_when_it_is_applied() {
    KubernetesObject run = run("big", 360_000);
    KubernetesObject approval = Examples.approval("yes", run, "120");
    assertThat(create(Person.BOB.sign(approval), cluster()).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(create(approval, cluster()).outcome()).isEqualTo(Outcome.DENIED);
    assertThat(create(Person.MALLORY.sign(approval), cluster()).outcome())
        .isEqualTo(Outcome.DENIED);
    Decision early = create(Person.BOB.sign(approval), new TestCluster());
    assertThat(early.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(early.warnings()).extracting(Finding::code).containsExactly(ReasonCode.NoPolicy);
    assertThat(update(approval, approval, cluster()).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void status_is_nothing_to_judge() {
    KubernetesObject run = run("small", 3600);
    Review review =
        new Review(
            Operation.UPDATE,
            run.key(),
            "status",
            Optional.of(run),
            Optional.of(run),
            Optional.empty(),
            TENANT);
    assertThat(judge(review, cluster()).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  private static KubernetesObject replicas(KubernetesObject object, int replicas) {
    return changed(object, json -> json.withObject("/spec").put("replicas", replicas));
  }

  private static TestCluster cluster() {
    return new TestCluster().with(policy());
  }

  private static Decision create(KubernetesObject object, ClusterView cluster) {
    return judge(Review.create(object, TENANT), cluster);
  }

  private static Decision update(
      KubernetesObject before, KubernetesObject after, ClusterView cluster) {
    return judge(Review.update(before, after, TENANT), cluster);
  }

  private static Decision delete(
      KubernetesObject object, String propagationPolicy, ClusterView cluster) {
    return judge(
        new Review(
            Operation.DELETE,
            object.key(),
            "",
            Optional.empty(),
            Optional.of(object),
            Optional.of(propagationPolicy),
            TENANT),
        cluster);
  }

  private static Decision scale(KubernetesObject parent, int replicas, ClusterView cluster) {
    return judge(Examples.scale(parent, replicas, TENANT), cluster);
  }

  private static Decision connect(KubernetesObject pod, String subresource, ClusterView cluster) {
    KubernetesObject options = Manifest.of("{apiVersion: v1, kind: PodExecOptions, command: [sh]}");
    return judge(
        new Review(
            Operation.CONNECT,
            pod.key(),
            subresource,
            Optional.of(options),
            Optional.empty(),
            Optional.empty(),
            TENANT),
        cluster);
  }

  private static Decision judge(Review review, ClusterView cluster) {
    return new Governor(new GovernorTest.Answers()).review(review, cluster, NOW);
  }

  private static List<ReasonCode> codes(Decision decision) {
    return decision.findings().stream().map(Finding::code).distinct().toList();
  }
}
