package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.install.InstalledChart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kinds of other projects, installed while operator and webhook run. Their controllers are not
 * here: what a JobSet's controller would do is done in its name.
 */
@ExtendWith(ComptrollerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherKindsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** How long a program may take to notice that a kind it misses was installed. */
  private static final Duration NOTICED = Duration.ofMinutes(2);

  private static final String IMAGE =
      "registry.example.com/nlp/sft@sha256:"
          + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final List<InstalledKind> KINDS =
      List.of(
          new InstalledKind("jobset.x-k8s.io", "v1alpha2", "JobSet", true),
          new InstalledKind("argoproj.io", "v1alpha1", "Workflow", true));
  private static final List<InstalledKind> SURROUNDINGS =
      List.of(
          new InstalledKind("keda.sh", "v1alpha1", "ScaledObject", true),
          new InstalledKind("trainer.kubeflow.org", "v1alpha1", "TrainingRuntime", true),
          new InstalledKind("trainer.kubeflow.org", "v1alpha1", "ClusterTrainingRuntime", false),
          new InstalledKind("serving.kserve.io", "v1alpha1", "ServingRuntime", true),
          new InstalledKind("serving.kserve.io", "v1alpha1", "ClusterServingRuntime", false));

  private final Team team;
  private final ControlPlane controlPlane;
  private final KubernetesClient controller;

  OtherKindsIT(Team team, ControlPlane controlPlane, InstalledChart installed) {
    assertThat(installed.objects()).isNotEmpty();
    this.team = team;
    this.controlPlane = controlPlane;
    this.controller = controlPlane.as(Comptroller.JOBSET_CONTROLLER);
  }

  @BeforeAll
  void install() {
    team.grant(Comptroller.JOBSET_CONTROLLER, "edit");
    KINDS.forEach(kind -> kind.install(controlPlane.admin()));
    SURROUNDINGS.forEach(kind -> kind.install(controlPlane.admin()));
    ObjectNode probe = jobSet("probe");
    await()
        .atMost(LIMIT)
        .until(
            () ->
                Verdict.on(() -> Team.resource(team.admin(), probe).dryRun().create()).code()
                    != 404);
  }

  @AfterAll
  void close() {
    controller.close();
  }

  @Test
  void a_job_set_needs_a_signature_like_every_workload() {
    assertThat(verdict(jobSet("unsigned")).reasons()).containsExactly("Unsigned");
    assertThat(verdict(team.alice.sign(jobSet("signed"))).findings()).isEmpty();
  }

  @Test
  void a_job_set_is_priced_with_all_its_restarts() {
    ObjectNode dear = jobSet("dear");
    dear.withObject("/spec/failurePolicy").put("maxRestarts", 9);
    assertThat(verdict(team.alice.sign(dear)).reasons()).containsExactly("ApprovalMissing");
    assertThat(verdict(team.alice.sign(dear)).message()).contains("20.167");
  }

  @Test
  void what_its_controller_makes_of_it_runs_and_nothing_else() {
    ObjectNode jobSet = team.alice.sign(jobSet("pretrain"));
    GenericKubernetesResource stored = Team.resource(team.admin(), jobSet).create();
    String uid = stored.getMetadata().getUid();
    ObjectNode job = childOf("pretrain", uid);

    assertThat(Verdict.on(() -> Team.resource(team.engineer(), job).create()).reasons())
        .containsExactly("NotDerived");
    ObjectNode greedy =
        Manifests.with(
            job, "/spec/template/spec/containers/0/resources/limits", "{nvidia.com/gpu: \"8\"}");
    Verdict refused = Verdict.on(() -> Team.resource(controller, greedy).create());
    assertThat(refused.reasons()).containsExactly("NotDerived");
    assertThat(refused.message()).contains("found nvidia.com/gpu 8, required nvidia.com/gpu 1");

    assertThat(Verdict.on(() -> Team.resource(controller, job).create()).findings()).isEmpty();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(
                        team.admin()
                            .pods()
                            .inNamespace(team.namespace())
                            .withLabel("job-name", "pretrain-workers-0")
                            .list()
                            .getItems())
                    .hasSize(2));
  }

  @Test
  void a_replication_controller_is_governed_like_a_replica_set() {
    ObjectNode plain =
        (ObjectNode)
            Manifests.yaml(
                """
                apiVersion: v1
                kind: ReplicationController
                metadata: {name: old, namespace: %s}
                spec:
                  replicas: 2
                  selector: {app: old}
                  template:
                    metadata: {labels: {app: old}}
                    spec:
                      containers:
                      - {name: serve, image: "%s", resources: {limits: {nvidia.com/gpu: "1"}}}
                """
                    .formatted(team.namespace(), IMAGE));
    assertThat(team.verdict(plain).reasons()).containsExactly("Unsigned");

    team.create(team.alice.sign(plain));

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(
                        team.admin()
                            .pods()
                            .inNamespace(team.namespace())
                            .withLabel("app", "old")
                            .list()
                            .getItems())
                    .hasSize(2));
  }

  @Test
  void a_kind_that_hides_its_pods_is_refused() {
    ObjectNode workflow =
        (ObjectNode)
            Manifests.yaml(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata: {name: pipeline, namespace: %s}
                spec: {entrypoint: train}
                """
                    .formatted(team.namespace()));
    assertThat(verdict(team.alice.sign(workflow)).reasons()).contains("UnknownKind");
  }

  @Test
  void an_autoscaler_may_not_make_a_deployment_dearer_than_was_approved() {
    ObjectNode deployment = team.alice.sign(team.manifest("deployment", "autoscaled"));
    team.create(deployment);
    Verdict refused = verdict(autoscaler("autoscaled", 40));
    assertThat(refused.reasons()).containsExactly("ApprovalMissing");
    team.create(autoscaler("autoscaled", 3));
    ObjectNode raised = autoscaler("autoscaled", 40);
    assertThat(
            Verdict.on(
                    () -> Team.resource(team.engineer(), raised).forceConflicts().serverSideApply())
                .reasons())
        .containsExactly("ApprovalMissing");
  }

  @Test
  void an_autoscaler_that_came_first_is_part_of_the_price() {
    team.create(autoscaler("later", 40));
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(
                        team.verdict(team.alice.sign(team.manifest("deployment", "later")))
                            .reasons())
                    .containsExactly("ApprovalMissing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"comptroller-operator", "comptroller-webhook"})
  void kinds_that_prices_depend_on_are_watched_once_they_are_installed(String program) {
    Set<String> expected =
        SURROUNDINGS.stream().map(InstalledKind::plural).collect(Collectors.toSet());
    await()
        .atMost(NOTICED)
        .untilAsserted(
            () ->
                assertThat(
                        AuditedProgram.of(controlPlane, program)
                            .requests()
                            .filter(request -> request.verb().equals("watch"))
                            .map(request -> request.resource()))
                    .containsAll(expected));
  }

  private Verdict verdict(ObjectNode object) {
    return Verdict.on(() -> Team.resource(team.admin(), object).dryRun().create());
  }

  private ObjectNode jobSet(String name) {
    return (ObjectNode)
        Manifests.yaml(
            """
            apiVersion: jobset.x-k8s.io/v1alpha2
            kind: JobSet
            metadata: {name: %s, namespace: %s}
            spec:
              replicatedJobs:
              - name: workers
                replicas: 1
                template:
                  spec: %s
            """
                .formatted(name, team.namespace(), job()));
  }

  private ObjectNode childOf(String owner, String uid) {
    return (ObjectNode)
        Manifests.yaml(
            """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: %s-workers-0
              namespace: %s
              ownerReferences:
              - {apiVersion: jobset.x-k8s.io/v1alpha2, kind: JobSet, name: %s, uid: %s, controller: true}
            spec: %s
            """
                .formatted(owner, team.namespace(), owner, uid, job()));
  }

  /** Two pods with an accelerator each for an hour: 2.017 GPU-hours with the time to stop. */
  private static String job() {
    return """
        {activeDeadlineSeconds: 3600, parallelism: 2, completions: 2, podReplacementPolicy: Failed,
         backoffLimit: 0, template: {spec: {restartPolicy: Never, containers: [
          {name: train, image: "%s", resources: {limits: {nvidia.com/gpu: "1"}}}]}}}"""
        .formatted(IMAGE)
        .replace("\n", " ");
  }

  private ObjectNode autoscaler(String target, int maximum) {
    return (ObjectNode)
        Manifests.yaml(
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: %s, namespace: %s}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %s}
              minReplicas: 1
              maxReplicas: %d
              metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
            """
                .formatted(target, team.namespace(), target, maximum));
  }
}
