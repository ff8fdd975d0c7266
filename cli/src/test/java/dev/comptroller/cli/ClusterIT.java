package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import dev.comptroller.testkit.FreshNamespace;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says of a manifest holds for what a real API server makes of it. */
@ExtendWith(ControlPlaneExtension.class)
class ClusterIT {
  private static final Path DEFINITIONS = Path.of("..", "charts", "comptroller", "crds");
  private static final String GPU =
      """
      apiVersion: comptroller.dev/v1alpha1
      kind: AcceleratorClass
      metadata: {name: cli-test}
      spec: {vendor: NVIDIA, resource: nvidia.com/gpu, weight: "1"}
      """;

  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: train}
      spec:
        activeDeadlineSeconds: 3600
        backoffLimit: 0
        template:
          spec:
            restartPolicy: Never
            containers:
            - name: train
              image: registry.example.com/train@sha256:%s
              env: [{name: EMPTY, value: ""}]
              args: []
              resources: {limits: {nvidia.com/gpu: 1000m, memory: 0.5Gi}}
      """
          .formatted("a".repeat(64));

  @TempDir Path folder;
  private Shell shell;
  private KubernetesClient client;
  private String namespace;

  @BeforeAll
  static void definitions(ControlPlane controlPlane) throws IOException {
    try (Stream<Path> files = Files.list(DEFINITIONS)) {
      for (Path file : files.toList()) {
        controlPlane
            .admin()
            .resource(
                Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class))
            .forceConflicts()
            .serverSideApply();
      }
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () -> controlPlane.admin().raw("/apis/comptroller.dev/v1alpha1"),
            kinds ->
                List.of("trainingruns", "approvals", "governancepolicies", "acceleratorclasses")
                    .stream()
                    .allMatch(kinds::contains));
  }

  @BeforeEach
  void keysAndConnection(ControlPlane controlPlane, FreshNamespace fresh) {
    client = controlPlane.admin();
    namespace = fresh.name();
    shell = new Shell(folder).withKeys();
    shell.write("kubeconfig", read(controlPlane.kubeconfig()));
    shell.write("run.yaml", Manifests.RUN.replace("namespace: nlp", "namespace: " + namespace));
    shell.write(
        "policy.yaml",
        Manifests.policy(shell, "500").replace("include: [\"*\"]", "include: [" + namespace + "]"));
  }

  @Test
  void an_estimate_asks_the_cluster_for_what_a_price_depends_on() {
    client.resource(GPU).forceConflicts().serverSideApply();
    client
        .resource(
            """
            apiVersion: v1
            kind: LimitRange
            metadata: {name: devices, namespace: %s}
            spec: {limits: [{type: Container, default: {nvidia.com/gpu: 4}, defaultRequest: {nvidia.com/gpu: 4}}]}
            """
                .formatted(namespace))
        .create();
    shell.write(
        "job.yaml",
        JOB.replace("name: train}", "name: train, namespace: " + namespace + "}")
            .replace("nvidia.com/gpu: 1000m, ", ""));
    String alone = shell.runWell("estimate", "-f", "job.yaml");
    String inCluster =
        shell.runWell("estimate", "-f", "job.yaml", "--from-cluster", "--kubeconfig", "kubeconfig");
    assertThat(alone).contains("at most 0");
    assertThat(inCluster).contains("at most 4.034");
  }

  @AfterEach
  void leaveNothing() {
    client.resource(shell.read("policy.yaml")).delete();
  }

  @Test
  void a_signed_run_has_the_same_digest_in_the_cluster_and_stays_verified() throws IOException {
    shell.runWell("sign", "-f", "run.yaml", "--key", "alice.pem", "--to", "run.yaml");
    shell.write("stored.json", applied("run.yaml"));
    sameAndVerified("run.yaml", "stored.json");
  }

  @Test
  void a_signed_job_survives_the_defaults_of_the_api_server() throws IOException {
    shell.write("job.yaml", JOB);
    shell.runWell(
        "sign", "-f", "job.yaml", "--key", "alice.pem", "-n", namespace, "--to", "job.yaml");
    String stored = applied("job.yaml");
    assertThat(stored).contains("batch.kubernetes.io/controller-uid", "imagePullPolicy");
    shell.write("stored.json", stored);
    sameAndVerified("job.yaml", "stored.json");
  }

  @Test
  void an_approval_of_this_cluster_is_what_the_clusters_policy_misses() {
    client.resource(shell.read("policy.yaml")).create();
    client.resource(GPU).forceConflicts().serverSideApply();
    shell.runWell("sign", "-f", "run.yaml", "--key", "alice.pem", "--to", "run.yaml");
    Shell.Result before = review();
    assertThat(before.exitCode()).isEqualTo(2);
    assertThat(before.out()).contains("ApprovalMissing").doesNotContain("Unsigned");
    shell.runWell(
        "approve",
        "-f",
        "run.yaml",
        "--key",
        "bob.pem",
        "--reason",
        "Review",
        "--expires",
        "3650d",
        "--this-cluster",
        "--kubeconfig",
        "kubeconfig",
        "--to",
        "approval.yaml");
    client.resource(shell.read("approval.yaml")).create();
    assertThat(review()).satisfies(after -> assertThat(after.exitCode()).as(after.out()).isZero());
  }

  private Shell.Result review() {
    return shell.run("review", "-f", "run.yaml", "--kubeconfig", "kubeconfig");
  }

  private String applied(String file) {
    return Serialization.asJson(client.resource(shell.read(file)).create());
  }

  private void sameAndVerified(String signed, String stored) throws IOException {
    assertThat(digest(stored)).isEqualTo(digest(signed));
    assertThat(shell.runWell("verify", "-f", stored, "--policy", "policy.yaml"))
        .contains(": verified");
  }

  private String digest(String file) throws IOException {
    JsonNode report = new JsonMapper().readTree(shell.runWell("plan", "-f", file, "-o", "json"));
    return report.at("/plans/0/digest").asText();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
