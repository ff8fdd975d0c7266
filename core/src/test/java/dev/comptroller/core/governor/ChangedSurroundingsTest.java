package dev.comptroller.core.governor;

import static dev.comptroller.core.governor.Examples.IMAGE;
import static dev.comptroller.core.governor.Examples.changed;
import static dev.comptroller.core.governor.Examples.policy;
import static dev.comptroller.core.governor.Person.ALICE;
import static dev.comptroller.core.governor.TestCluster.JOB_CONTROLLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.core.Manifest;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.workload.Surroundings;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What changes under an object that was allowed is judged when the next of its children is made.
 */
final class ChangedSurroundingsTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final String TRAINER = "system:serviceaccount:kubeflow-system:trainer";

  @Test
  void a_claim_template_that_asks_for_more_devices_ends_the_making_of_pods() {
    KubernetesObject job =
        ALICE.sign(
            changed(
                Examples.job("claiming"),
                json -> {
                  var pod = json.withObject("/spec/template/spec");
                  pod.withArray("/resourceClaims")
                      .addObject()
                      .put("name", "devices")
                      .put("resourceClaimTemplateName", "gpus");
                  pod.withObject("/containers/0").remove("resources");
                }));
    TestCluster cluster = cluster().withObject(job);

    assertThat(codes(create(podOf(job), JOB_CONTROLLER, cluster.around(claiming(4))))).isEmpty();
    assertThat(codes(create(podOf(job), JOB_CONTROLLER, cluster.around(claiming(40)))))
        .containsExactly(ReasonCode.ApprovalMissing);
  }

  @Test
  void a_runtime_with_more_devices_ends_the_making_of_job_sets() {
    KubernetesObject trainJob =
        ALICE.sign(
            Manifest.of(
                """
                apiVersion: trainer.kubeflow.org/v1alpha1
                kind: TrainJob
                metadata: {name: tune, namespace: team, uid: uid-tune}
                spec: {activeDeadlineSeconds: 3600, runtimeRef: {name: torch}}
                """));
    TestCluster cluster =
        cluster().naming("trainer.kubeflow.org/TrainJob", Set.of(TRAINER)).withObject(trainJob);

    assertThat(codes(create(jobSetOf(trainJob, 2), TRAINER, cluster.around(runtime(2))))).isEmpty();
    assertThat(codes(create(jobSetOf(trainJob, 40), TRAINER, cluster.around(runtime(40)))))
        .contains(ReasonCode.ApprovalMissing);
    assertThat(codes(create(jobSetOf(trainJob, 40), TRAINER, cluster.around(runtime(2)))))
        .containsExactly(ReasonCode.NotDerived);
  }

  private static TestCluster cluster() {
    return new TestCluster().with(policy());
  }

  private static Surroundings claiming(int devices) {
    return Surroundings.of(
        List.of(
            Manifest.of(
                """
                apiVersion: resource.k8s.io/v1
                kind: ResourceClaimTemplate
                metadata: {name: gpus, namespace: team}
                spec:
                  spec: {devices: {requests: [{name: a, exactly: {deviceClassName: gpu, count: %d}}]}}
                """
                    .formatted(devices)),
            Manifest.of(
                """
                apiVersion: resource.k8s.io/v1
                kind: DeviceClass
                metadata: {name: gpu}
                spec: {extendedResourceName: nvidia.com/gpu}
                """)));
  }

  private static Surroundings runtime(int devices) {
    return Surroundings.of(
        List.of(
            Manifest.of(
                """
                apiVersion: trainer.kubeflow.org/v1alpha1
                kind: ClusterTrainingRuntime
                metadata: {name: torch}
                spec: {template: {spec: %s}}
                """
                    .formatted(jobSetSpec(devices)))));
  }

  private static KubernetesObject jobSetOf(KubernetesObject trainJob, int devices) {
    return Manifest.of(
        """
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata:
          name: %1$s
          namespace: team
          ownerReferences:
          - {apiVersion: trainer.kubeflow.org/v1alpha1, kind: TrainJob, name: %1$s, uid: %2$s, controller: true}
        spec: %3$s
        """
            .formatted(trainJob.name(), trainJob.uid(), jobSetSpec(devices)));
  }

  private static String jobSetSpec(int devices) {
    return """
        {replicatedJobs: [{name: node, template: {
         metadata: {labels: {trainer.kubeflow.org/trainjob-ancestor-step: trainer}},
         spec: {parallelism: 1, completions: 1, backoffLimit: 0, podReplacementPolicy: Failed,
          template: {spec: {restartPolicy: Never, containers: [
           {name: node, image: "%s", resources: {limits: {nvidia.com/gpu: %d}}}]}}}}}]}"""
        .formatted(IMAGE, devices)
        .replace("\n", " ");
  }

  private static KubernetesObject podOf(KubernetesObject job) {
    return changed(
        Manifest.of(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: %1$s-0
              namespace: team
              ownerReferences:
              - {apiVersion: batch/v1, kind: Job, name: %1$s, uid: %2$s, controller: true}
            """
                .formatted(job.name(), job.uid())),
        json -> json.set("spec", job.json().at("/spec/template/spec").deepCopy()));
  }

  private static Decision create(KubernetesObject object, String user, ClusterView cluster) {
    return new Governor(new GovernorTest.Answers())
        .review(Review.create(object, new Requester(user, Set.of())), cluster, NOW);
  }

  private static List<ReasonCode> codes(Decision decision) {
    return decision.findings().stream().map(Finding::code).toList();
  }
}
