package dev.comptroller.core.governor;

import static dev.comptroller.core.governor.Examples.IMAGE;
import static dev.comptroller.core.governor.Examples.changed;
import static dev.comptroller.core.governor.Examples.deployment;
import static dev.comptroller.core.governor.Examples.policy;
import static dev.comptroller.core.governor.Person.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.Manifest;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.workload.Surroundings;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Kinds of other projects, what their controllers make, and autoscalers. */
final class OtherControllersTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final String CONTROLLER =
      "system:serviceaccount:jobset-system:jobset-controller-manager";
  private static final String TENANT = "mallory";

  private final KubernetesObject jobSet = ALICE.sign(jobSet());

  @Test
  void a_signed_job_set_within_its_tier_is_allowed() {
    Decision decision = create(jobSet, TENANT, known());
    assertThat(decision.findings()).isEmpty();
    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(decision.assessment().gpuHours()).isPresent();
  }

  @Test
  void an_unsigned_job_set_is_refused() {
    assertThat(codes(create(jobSet(), TENANT, known()))).contains(ReasonCode.Unsigned);
  }

  @Test
  void a_job_set_whose_controller_nobody_named_is_refused_with_the_setting_that_is_missing() {
    Decision decision = create(jobSet, TENANT, cluster());
    assertThat(codes(decision)).containsExactly(ReasonCode.UnknownKind);
    assertThat(decision.findings().getFirst().nextStep()).contains("jobset.x-k8s.io/JobSet");
  }

  @Test
  void its_controllers_job_with_its_pods_is_allowed() {
    assertThat(create(job(json -> {}), CONTROLLER, known().withObject(jobSet)).findings())
        .isEmpty();
  }

  @Test
  void containers_and_labels_that_a_controller_adds_are_its_own_affair() {
    KubernetesObject job =
        job(
            json ->
                json.withArray("/spec/template/spec/initContainers")
                    .addObject()
                    .put("name", "wait")
                    .put("image", "tools:1"));
    assertThat(create(job, CONTROLLER, known().withObject(jobSet)).findings()).isEmpty();
  }

  @Test
  void a_job_with_other_devices_is_not_its_child() {
    Decision decision =
        create(
            job(
                json ->
                    json.withObject("/spec/template/spec/containers/0/resources/limits")
                        .put("nvidia.com/gpu", 8)),
            CONTROLLER,
            known().withObject(jobSet));
    assertThat(codes(decision)).containsExactly(ReasonCode.NotDerived);
    assertThat(decision.findings().getFirst().found()).isEqualTo("nvidia.com/gpu 8");
    assertThat(decision.findings().getFirst().required())
        .isEqualTo("nvidia.com/gpu 2, as JobSet team/pretrain says");
  }

  @Test
  void a_job_with_another_image_is_not_its_child() {
    KubernetesObject job =
        job(
            json ->
                ((ObjectNode) json.at("/spec/template/spec/containers/0"))
                    .put("image", IMAGE.replace('a', 'b')));
    assertThat(codes(create(job, CONTROLLER, known().withObject(jobSet))))
        .containsExactly(ReasonCode.NotDerived);
  }

  @Test
  void the_same_job_made_by_a_tenant_is_not_its_child() {
    assertThat(codes(create(job(json -> {}), TENANT, known().withObject(jobSet))))
        .containsExactly(ReasonCode.NotDerived);
  }

  @Test
  void a_child_of_an_unsigned_job_set_is_refused() {
    assertThat(codes(create(job(json -> {}), CONTROLLER, known().withObject(jobSet()))))
        .containsExactly(ReasonCode.Unsigned);
  }

  @Test
  void resuming_a_job_set_is_judged_again() {
    KubernetesObject stopped =
        changed(jobSet(), json -> json.withObject("/spec").put("suspend", true));
    assertThat(codes(update(stopped, jobSet(), known()))).contains(ReasonCode.Unsigned);
    assertThat(
            update(
                    ALICE.sign(stopped),
                    changed(
                        ALICE.sign(stopped),
                        json -> json.withObject("/spec").put("suspend", false)),
                    known())
                .findings())
        .isEmpty();
  }

  @Test
  void workers_of_a_kubeflow_job_are_priced_again_when_they_are_scaled() {
    KubernetesObject job = ALICE.sign(pytorchJob());
    TestCluster cluster =
        cluster().naming("kubeflow.org/PyTorchJob", Set.of("operator")).withObject(job);
    assertThat(scale(job, 4, cluster).findings()).isEmpty();
    assertThat(codes(scale(job, 40, cluster))).contains(ReasonCode.ApprovalMissing);
  }

  @Test
  void a_maximum_that_makes_a_deployment_too_dear_is_refused() {
    TestCluster cluster = cluster().withObject(ALICE.sign(deployment("serve")));
    assertThat(create(autoscaler(8), TENANT, cluster).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(codes(create(autoscaler(9), TENANT, cluster)))
        .containsExactly(ReasonCode.ApprovalMissing);
  }

  @Test
  void only_a_maximum_that_is_raised_is_judged() {
    TestCluster cluster =
        cluster()
            .withObject(ALICE.sign(deployment("serve")))
            .around(Surroundings.of(List.of(autoscaler(20))));
    assertThat(update(autoscaler(20), autoscaler(19), cluster).findings()).isEmpty();
    assertThat(codes(update(autoscaler(20), autoscaler(21), cluster)))
        .containsExactly(ReasonCode.ApprovalMissing);
  }

  @Test
  void an_autoscaler_of_what_is_not_there_or_needs_no_accelerators_is_allowed() {
    KubernetesObject plain =
        Manifest.of(
            deployment("serve").json().toString().replace("nvidia.com/gpu", "example.com/licence"));
    assertThat(create(autoscaler(900), TENANT, cluster()).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(create(autoscaler(900), TENANT, cluster().withObject(plain)).outcome())
        .isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void an_autoscaler_is_not_judged_while_its_target_cannot_be_asked_for() {
    assertThat(create(autoscaler(2), TENANT, cluster().unreachable()).outcome())
        .isEqualTo(Outcome.RETRY);
  }

  private static TestCluster cluster() {
    return new TestCluster().with(policy().replace("compute:", "compute:\n    servingWindow: 1h"));
  }

  private static TestCluster known() {
    return cluster().naming("jobset.x-k8s.io/JobSet", Set.of(CONTROLLER));
  }

  private static KubernetesObject jobSet() {
    return Manifest.of(
        """
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata: {name: pretrain, namespace: team, uid: uid-pretrain}
        spec:
          replicatedJobs:
          - name: workers
            replicas: 2
            template:
              spec:
                activeDeadlineSeconds: 3600
                parallelism: 1
                completions: 1
                podReplacementPolicy: Failed
                template:
                  spec:
                    restartPolicy: Never
                    containers:
                    - {name: main, image: "%s", resources: {limits: {nvidia.com/gpu: 2}}}
        """
            .formatted(IMAGE));
  }

  private static KubernetesObject job(Consumer<ObjectNode> change) {
    KubernetesObject job =
        Manifest.of(
            """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: pretrain-workers-0
              namespace: team
              ownerReferences:
              - {apiVersion: jobset.x-k8s.io/v1alpha2, kind: JobSet, name: pretrain,
                 uid: uid-pretrain, controller: true}
            spec:
              activeDeadlineSeconds: 3600
              parallelism: 1
              completions: 1
              podReplacementPolicy: Failed
              template:
                metadata: {labels: {jobset.sigs.k8s.io/job-index: "0"}}
                spec:
                  restartPolicy: Never
                  containers:
                  - {name: main, image: "%s", resources: {limits: {nvidia.com/gpu: 2}}}
            """
                .formatted(IMAGE));
    return changed(job, change);
  }

  private static KubernetesObject pytorchJob() {
    return Manifest.of(
        """
        apiVersion: kubeflow.org/v1
        kind: PyTorchJob
        metadata: {name: tune, namespace: team, uid: uid-tune}
        spec:
          runPolicy: {activeDeadlineSeconds: 3600, cleanPodPolicy: Running}
          pytorchReplicaSpecs:
            Worker:
              replicas: 2
              template:
                spec:
                  containers:
                  - {name: pytorch, image: "%s", resources: {limits: {nvidia.com/gpu: 1}}}
        """
            .formatted(IMAGE));
  }

  private static KubernetesObject autoscaler(int maximum) {
    return Manifest.of(
        """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: serve, namespace: team}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: serve}
          maxReplicas: %d
        """
            .formatted(maximum));
  }

  private static Decision scale(KubernetesObject parent, int replicas, ClusterView cluster) {
    return judge(Examples.scale(parent, replicas, new Requester(TENANT, Set.of())), cluster);
  }

  private static Decision create(KubernetesObject object, String user, ClusterView cluster) {
    return judge(Review.create(object, new Requester(user, Set.of())), cluster);
  }

  private static Decision update(
      KubernetesObject before, KubernetesObject after, ClusterView cluster) {
    return judge(Review.update(before, after, new Requester(TENANT, Set.of())), cluster);
  }

  private static Decision judge(Review review, ClusterView cluster) {
    return new Governor(new GovernorTest.Answers()).review(review, cluster, NOW);
  }

  private static List<ReasonCode> codes(Decision decision) {
    return decision.findings().stream().map(Finding::code).toList();
  }
}
