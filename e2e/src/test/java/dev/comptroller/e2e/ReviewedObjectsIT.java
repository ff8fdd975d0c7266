package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.WorkloadReader;
import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import dev.comptroller.testkit.FreshNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to the webhook, and what never leaves the API server. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReviewedObjectsIT {
  private static final int UNPROCESSABLE = 422;
  private static final String GPU = "{resources: {limits: {nvidia.com/gpu: 1}}}";

  private final KubernetesClient admin;
  private final String namespace;
  private final AdmissionObjects objects;

  ReviewedObjectsIT(ControlPlane controlPlane, FreshNamespace fresh) {
    admin = AdmissionObjects.impatient(controlPlane);
    namespace = fresh.name();
    objects = AdmissionObjects.apply(admin, "reviewed", namespace);
  }

  @BeforeAll
  void wait_until_the_api_server_has_noticed() {
    AdmissionObjects.await(() -> reviewed(PodManifests.pod(GPU)));
  }

  @AfterAll
  void remove() {
    objects.close();
    admin.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GPU,
        "{resources: {requests: {amd.com/gpu: 1}, limits: {amd.com/gpu: 1}}}",
        "{resources: {limits: {example.com/unheard-of: 1}}}",
        "{securityContext: {privileged: true}}",
        "{securityContext: {capabilities: {add: [SYS_ADMIN]}}}",
        "{securityContext: {capabilities: {add: [cap_sys_rawio]}}}",
        "{env: [{name: NVIDIA_VISIBLE_DEVICES, value: all}]}",
        "{env: [{name: X, value: '1'}, {name: AMD_VISIBLE_DEVICES, value: '0'}]}",
      })
  void a_container_that_may_reach_accelerators_is_reviewed(String container) {
    assertThat(reviewed(PodManifests.pod(container))).isTrue();
    assertThat(reviewed(PodManifests.podWithInitContainer(container))).as("init").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{resources: {}}",
        "{resources: {requests: {cpu: 1, memory: 1Gi, ephemeral-storage: 1Gi}}}",
        "{resources: {limits: {memory: 1Gi, hugepages-2Mi: 4Mi}}}",
        "{securityContext: {privileged: false, capabilities: {add: [NET_BIND_SERVICE]}}}",
        "{env: [{name: CUDA_HOME, value: /usr}], volumeMounts: []}",
      })
  void a_container_that_cannot_reach_accelerators_never_leaves_the_api_server(String container) {
    assertThat(reviewed(PodManifests.pod(container))).isFalse();
    assertThat(reviewed(PodManifests.podWithInitContainer(container))).as("init").isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{annotations: {gpu-fraction: '0.5'}}",
        "{annotations: {cdi.k8s.io/x: nvidia.com/gpu=all}}",
        "{ownerReferences: [{apiVersion: comptroller.dev/v1alpha1, kind: TrainingRun, name: r, uid:"
            + " u}]}",
      })
  void metadata_that_hands_out_accelerators_or_claims_our_parent_is_reviewed(String metadata) {
    ObjectNode pod = PodManifests.pod("{}");
    pod.withObject("/metadata").setAll((ObjectNode) PodManifests.read(metadata));

    assertThat(reviewed(pod)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "batch/v1, Job",
    "batch/v1, CronJob",
    "apps/v1, Deployment",
    "apps/v1, ReplicaSet",
    "apps/v1, StatefulSet",
    "apps/v1, DaemonSet"
  })
  void a_template_is_reviewed_only_if_its_pods_may_reach_accelerators(
      String apiVersion, String kind) {
    assertThat(reviewed(PodManifests.owner(apiVersion, kind, "{}"))).isFalse();
    assertThat(reviewed(PodManifests.owner(apiVersion, kind, GPU))).isTrue();
  }

  @Test
  void every_pod_that_is_judged_is_reviewed() throws IOException {
    Path corpus = Checkout.current().path("../shared/corpora/pods");
    assumeThat(corpus).as("pods of the Pod Security standards").isDirectory();
    int accepted = 0;
    for (Path file : manifests(corpus)) {
      ObjectNode pod = (ObjectNode) PodManifests.read(Files.readString(file));
      PodManifests.unname(pod);
      try {
        boolean reviewed = reviewed(pod);
        accepted++;
        assertThat(reviewed || !judged(pod)).as("%s is judged, so reviewed", file).isTrue();
      } catch (KubernetesClientException e) {
        assertThat(e.getCode()).as("%s: %s", file, e.getMessage()).isEqualTo(UNPROCESSABLE);
      }
    }
    assertThat(accepted).isGreaterThan(100);
  }

  @Test
  void a_pod_of_300_containers_with_300_variables_each_stays_within_the_cost_limit() {
    ObjectNode pod = PodManifests.pod("{}");
    var containers = pod.withObject("/spec").putArray("containers");
    for (int c = 0; c < 300; c++) {
      var variables = containers.addObject().put("name", "c" + c).put("image", "x").putArray("env");
      for (int v = 0; v < 300; v++) {
        variables.addObject().put("name", "V" + v).put("value", "x");
      }
    }

    assertThat(reviewed(pod)).isFalse();
  }

  @Test
  void deletion_is_reviewed_only_if_it_leaves_orphans() {
    ObjectNode job = PodManifests.owner("batch/v1", "Job", "{}");
    job.withObject("/metadata").put("name", "plain");
    admin.resource(PodManifests.resource(job)).inNamespace(namespace).create();

    assertThat(AdmissionObjects.sent(() -> delete("\"propagationPolicy\": \"Orphan\""))).isTrue();
    assertThat(AdmissionObjects.sent(() -> delete("\"orphanDependents\": true"))).isTrue();
    assertThat(AdmissionObjects.sent(() -> delete("\"propagationPolicy\": \"Background\"")))
        .isFalse();
  }

  private void delete(String option) {
    admin.raw(
        "/apis/batch/v1/namespaces/" + namespace + "/jobs/plain",
        "DELETE",
        "{\"kind\": \"DeleteOptions\", \"apiVersion\": \"v1\", \"dryRun\": [\"All\"], "
            + option
            + "}");
  }

  private boolean reviewed(ObjectNode manifest) {
    return AdmissionObjects.sent(
        () ->
            admin
                .resource(PodManifests.resource(manifest))
                .inNamespace(namespace)
                .dryRun()
                .create());
  }

  private static boolean judged(ObjectNode pod) {
    return switch (WorkloadReader.read(new KubernetesObject(pod))) {
      case Reading.Read(var workload) ->
          workload.needsAccelerators(new AcceleratorCatalogue(List.of()));
      case Reading.NotAWorkload none -> false;
      case Reading.Unsupported unsupported -> true;
      case Reading.Malformed malformed -> true;
    };
  }

  private static List<Path> manifests(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
