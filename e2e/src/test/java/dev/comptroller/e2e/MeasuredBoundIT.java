package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.gpuhours.GpuHours;
import dev.comptroller.core.gpuhours.UpperBound;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.Surroundings;
import dev.comptroller.core.workload.Window;
import dev.comptroller.core.workload.WorkloadReader;
import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import dev.comptroller.testkit.FreshNamespace;
import dev.comptroller.testkit.LocalProcess;
import dev.comptroller.testkit.install.FreePort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the real controllers of Job, CronJob and JobSet spend on pods that hang, fail and are
 * deleted, set against the bound of the manifest.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeasuredBoundIT {
  private static final Duration WATCHED = Duration.ofSeconds(75);
  private static final String INDEXED =
      "completionMode: Indexed, parallelism: 1, completions: 1, backoffLimit: 0,"
          + " podReplacementPolicy: Failed";
  private static final String DELAY = "pod-complete.stage.kwok.x-k8s.io/delay";
  private static final String EXIT_CODE = "pod-complete.stage.kwok.x-k8s.io/exit-code";
  private static final AcceleratorCatalogue ONE =
      new AcceleratorCatalogue(
          List.of(
              KindReader.STRICT.acceleratorClass(
                  new KubernetesObject(
                      (ObjectNode)
                          Manifests.yaml(
                              """
                              apiVersion: comptroller.dev/v1alpha1
                              kind: AcceleratorClass
                              metadata: {name: gpu}
                              spec: {vendor: NVIDIA, resource: nvidia.com/gpu, weight: "1"}
                              """)))));

  private final KubernetesClient client;
  private final FreshNamespace namespace;
  private final Map<String, ObjectNode> workloads = new LinkedHashMap<>();
  private final Path folder;
  private final Path kubeconfig;
  private final Config config;
  private HeldAccelerators held;
  private LocalProcess jobSets;
  private Instant started;

  MeasuredBoundIT(ControlPlane controlPlane, @TempDir Path folder) {
    this.folder = folder;
    this.kubeconfig = controlPlane.kubeconfig();
    this.config = controlPlane.config();
    this.client = controlPlane.admin();
    this.namespace = FreshNamespace.create(client, "MeasuredBoundIT");
  }

  /** All of them run at the same time, and pods are deleted at random meanwhile. */
  @BeforeAll
  void run() throws IOException {
    new InstalledKind("jobset.x-k8s.io", "v1alpha2", "JobSet", true).install(client);
    jobSets = jobSetController();
    held = new HeldAccelerators(client, namespace.name());
    started = Instant.now();
    String hangs = "{" + DELAY + ": \"never\"}";
    String fails = "{" + DELAY + ": 2s, " + EXIT_CODE + ": \"1\"}";
    job(
        "hangs",
        hangs,
        "activeDeadlineSeconds: 30, parallelism: 2, completions: 4, backoffLimit: 3");
    job(
        "fails",
        fails,
        "activeDeadlineSeconds: 40, parallelism: 2, completions: 2, backoffLimit: 4");
    job(
        "deleted",
        hangs,
        "activeDeadlineSeconds: 60, parallelism: 3, completions: 3, backoffLimit: 6");
    job(
        "indexed",
        fails,
        "activeDeadlineSeconds: 60, completionMode: Indexed, parallelism: 2, completions: 3,"
            + " backoffLimitPerIndex: 1, maxFailedIndexes: 2");
    create(
        "scheduled",
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: scheduled, namespace: %s}
        spec:
          schedule: "* * * * *"
          concurrencyPolicy: Forbid
          jobTemplate: {spec: %s}
        """
            .formatted(
                namespace.name(),
                spec(hangs, "activeDeadlineSeconds: 20, parallelism: 1, backoffLimit: 1")));
    create(
        "set",
        """
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata: {name: set, namespace: %s}
        spec:
          failurePolicy: {maxRestarts: 2, restartStrategy: Recreate}
          network: {enableDNSHostnames: true, publishNotReadyAddresses: true}
          successPolicy: {operator: All}
          startupPolicy: {startupPolicyOrder: AnyOrder}
          replicatedJobs:
          - {name: a, groupName: default, replicas: 2, template: {spec: %s}}
          - {name: b, groupName: default, replicas: 1, template: {spec: %s}}
        """
            .formatted(
                namespace.name(),
                spec(hangs, "activeDeadlineSeconds: 20, " + INDEXED),
                spec(fails, "activeDeadlineSeconds: 20, " + INDEXED)));
    Random random = new Random(20_261_127);
    while (Instant.now().isBefore(started.plus(WATCHED))) {
      // A Job waits longer after each pod that it lost, so only its first pods are taken away.
      if (Instant.now().isBefore(started.plus(WATCHED.dividedBy(5)))) {
        List<Pod> victims = podsOf("deleted");
        if (!victims.isEmpty()) {
          client.resource(victims.get(random.nextInt(victims.size()))).delete();
        }
      }
      await().pollDelay(Duration.ofSeconds(4 + random.nextInt(5))).until(() -> true);
    }
  }

  private List<Pod> podsOf(String job) {
    return client.pods().inNamespace(namespace.name()).withLabel("job-name", job).list().getItems();
  }

  @AfterAll
  void close() {
    held.close();
    jobSets.close();
    namespace.close();
  }

  @Test
  void a_job_whose_pods_hang_spends_no_more_than_its_bound() {
    assertThat(held.podSeconds("hangs")).isBetween(2L * 25, bound("hangs"));
  }

  @Test
  void a_job_whose_pods_fail_spends_no_more_than_its_bound() {
    assertThat(held.pods().get("fails")).isGreaterThan(2);
    assertThat(held.podSeconds("fails")).isBetween(1L, bound("fails"));
  }

  @Test
  void a_job_whose_pods_somebody_deletes_spends_no_more_than_its_bound() {
    assertThat(held.pods().get("deleted")).isGreaterThan(3);
    assertThat(held.podSeconds("deleted")).isBetween(1L, bound("deleted"));
  }

  @Test
  void an_indexed_job_spends_no_more_than_its_bound() {
    assertThat(held.pods().get("indexed")).isBetween(4L, 6L);
    assertThat(held.podSeconds("indexed")).isBetween(1L, bound("indexed"));
  }

  @Test
  void a_cron_job_spends_no_more_in_a_window_than_its_bound() {
    assertThat(held.podSeconds("scheduled-")).isBetween(1L, bound("scheduled"));
  }

  @Test
  void a_job_set_that_its_controller_restarts_spends_no_more_than_its_bound() {
    assertThat(held.pods().keySet()).contains("set-a-0", "set-a-1", "set-b-0");
    assertThat(held.pods().get("set-b-0")).as("it was restarted").isGreaterThan(1);
    assertThat(held.podSeconds("set-")).isBetween(1L, bound("set"));
  }

  /** The real one, without the webhooks that fill in defaults. */
  private LocalProcess jobSetController() throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("jobset.yaml"),
            """
            apiVersion: config.jobset.x-k8s.io/v1alpha1
            kind: Configuration
            health: {healthProbeBindAddress: "127.0.0.1:%d"}
            webhook: {port: %d, certDir: "%s"}
            leaderElection: {leaderElect: false}
            internalCertManagement: {enable: false}
            """
                .formatted(FreePort.next(), FreePort.next(), folder));
    // It wants a certificate for webhooks that nobody calls; that of the admin will do.
    write("tls.crt", config.getClientCertData());
    write("tls.key", config.getClientKeyData());
    return LocalProcess.start(
        "jobset",
        List.of(
            Checkout.current().tool("jobset").toString(),
            "--config",
            configuration.toString(),
            "--metrics-bind-address=0",
            "--kubeconfig",
            kubeconfig.toString()),
        Map.of(),
        folder.resolve("jobset.log"));
  }

  private void write(String file, String base64) throws IOException {
    Files.write(folder.resolve(file), Base64.getDecoder().decode(base64));
  }

  private void job(String name, String annotations, String spec) {
    create(
        name,
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: %s, namespace: %s}
        spec: %s
        """
            .formatted(name, namespace.name(), spec(annotations, spec)));
  }

  private static String spec(String annotations, String fields) {
    return """
        {%s, template: {metadata: {annotations: %s}, spec: {restartPolicy: Never,
         terminationGracePeriodSeconds: 10, containers: [
          {name: train, image: "train:1", resources: {limits: {nvidia.com/gpu: "1"}}}]}}}"""
        .formatted(fields, annotations)
        .replace("\n", " ");
  }

  private void create(String name, String manifest) {
    ObjectNode object = (ObjectNode) Manifests.yaml(manifest);
    workloads.put(name, object);
    Team.resource(client, object).create();
  }

  /** Pod-seconds, since each pod holds one accelerator of weight 1. */
  private long bound(String name) {
    Surroundings around = Surroundings.UNKNOWN.during(new Window(started, WATCHED.plusSeconds(30)));
    Reading reading =
        WorkloadReader.read(
            new KubernetesObject(Objects.requireNonNull(workloads.get(name))), around);
    Reading.Read read = (Reading.Read) reading;
    GpuHours hours = UpperBound.of(read.workload(), ONE, around);
    Amount amount = ((GpuHours.Bounded) hours).amount();
    return new BigDecimal(amount.toGpuHours()).multiply(BigDecimal.valueOf(3600)).longValue();
  }
}
