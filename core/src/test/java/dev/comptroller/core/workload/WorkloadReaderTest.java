package dev.comptroller.core.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.core.Manifest;
import dev.comptroller.core.accelerator.Catalogues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadReaderTest {
  private static final String DIGEST = "@sha256:" + "0a".repeat(32);

  @Test
  void images_of_all_containers_and_image_volumes_are_found_with_their_fields() {
    String pod =
        """
        {apiVersion: v1, kind: Pod, spec: {
         initContainers: [{image: init}],
         containers: [{image: main}, {name: nameless}],
         ephemeralContainers: [{image: debug}],
         volumes: [{emptyDir: {}}, {image: {reference: weights}}]}}\
        """;

    assertThat(workload(pod).images())
        .containsExactly(
            new ImageReference("/spec/initContainers/0/image", "init"),
            new ImageReference("/spec/containers/0/image", "main"),
            new ImageReference("/spec/containers/1/image", ""),
            new ImageReference("/spec/ephemeralContainers/0/image", "debug"),
            new ImageReference("/spec/volumes/1/image/reference", "weights"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"registry.example.com:5000/a/b", "a:1.2", "a"})
  void an_image_is_pinned_by_a_digest_with_or_without_a_tag(String name) {
    assertThat(new ImageReference("", name).pinned()).isFalse();
    assertThat(new ImageReference("", name + DIGEST).pinned()).isTrue();
    assertThat(new ImageReference("", name + DIGEST + "0").pinned()).isFalse();
    assertThat(new ImageReference("", name + DIGEST.replace("0a", "0A")).pinned()).isFalse();
    assertThat(new ImageReference("", name + DIGEST.replace("256", "512")).pinned()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "v1, Pod, '', /spec",
    "batch/v1, Job, 'template: ', /spec/template/spec",
    "batch/v1, CronJob, 'schedule: 0 3 * * *, jobTemplate: {spec: {template: ',"
        + " /spec/jobTemplate/spec/template/spec",
    "apps/v1, Deployment, 'template: ', /spec/template/spec",
    "apps/v1, ReplicaSet, 'template: ', /spec/template/spec",
    "apps/v1, StatefulSet, 'template: ', /spec/template/spec",
    "apps/v1, DaemonSet, 'template: ', /spec/template/spec"
  })
  void every_kind_is_read_to_its_pods(String apiVersion, String kind, String path, String pointer) {
    String pod = path.isEmpty() ? "containers: [{image: a}]" : "{spec: {containers: [{image: a}]}}";
    String closing = "}".repeat((int) path.chars().filter(c -> c == '{').count());
    String manifest =
        "{apiVersion: %s, kind: %s, spec: {%s%s%s}}"
            .formatted(apiVersion, kind, path, pod, closing);

    Workload workload = workload(manifest);

    assertThat(workload.kind()).isEqualTo(kind);
    assertThat(workload.images())
        .containsExactly(new ImageReference(pointer + "/containers/0/image", "a"));
  }

  @Test
  void a_training_run_is_read_as_the_workload_it_runs() {
    String run =
        """
        {apiVersion: comptroller.dev/v1alpha1, kind: TrainingRun, spec: {
         workload: {apiVersion: batch/v1, kind: Job, spec: {activeDeadlineSeconds: 60,
          template: {spec: {containers: [{image: a}]}}}}}}\
        """;

    assertThat(workload(run).kind()).isEqualTo("Job");
    assertThat(workload(run).images())
        .extracting(ImageReference::pointer)
        .containsExactly("/spec/workload/spec/template/spec/containers/0/image");
  }

  @Test
  void a_model_deployment_is_read_as_the_pods_that_serve() {
    String deployment =
        """
        {apiVersion: comptroller.dev/v1alpha1, kind: ModelDeployment, spec: {
         runtime: {image: serve, env: {NVIDIA_VISIBLE_DEVICES: all}, nodeSelector: {zone: a},
                   resources: {requests: {nvidia.com/gpu: "2"}}}, scale: {min: 1, max: 4}}}\
        """;

    Workload serving = workload(deployment);
    PodSet pods = serving.podSets().getFirst();

    assertThat(serving.kind()).isEqualTo("ModelDeployment");
    assertThat(pods.pods().value()).isEqualTo(5);
    assertThat(serving.images())
        .containsExactly(new ImageReference("/spec/runtime/image", "serve"));
    assertThat(pods.template().requests())
        .containsExactly(
            new ResourceRequest(
                "nvidia.com/gpu", 2, "/spec/runtime/resources/requests/nvidia.com~1gpu"));
    assertThat(pods.template().nodeSelector()).containsEntry("zone", "a");
    assertThat(serving.bypasses())
        .extracting(AcceleratorBypass::pointer)
        .containsExactly("/spec/runtime/env/NVIDIA_VISIBLE_DEVICES");
  }

  @ParameterizedTest
  @CsvSource({
    "argoproj.io/v1alpha1, Workflow, argoproj.io/Workflow",
    "tekton.dev/v1, PipelineRun, tekton.dev/PipelineRun"
  })
  void a_kind_that_runs_pods_and_is_not_read_says_so(String apiVersion, String kind, String named) {
    String manifest = "{apiVersion: %s, kind: %s, spec: {}}".formatted(apiVersion, kind);
    String run =
        "{apiVersion: comptroller.dev/v1alpha1, kind: TrainingRun, spec: {workload: %s}}"
            .formatted(manifest);

    assertThat(WorkloadReader.read(Manifest.of(manifest)))
        .isEqualTo(new Reading.Unsupported(named, ""));
    assertThat(WorkloadReader.read(Manifest.of(run)))
        .isEqualTo(new Reading.Unsupported(named, "/spec/workload"));
  }

  @Test
  void a_training_run_inside_a_training_run_is_not_followed() {
    assertThat(
            WorkloadReader.read(
                Manifest.of(
                    """
                    {apiVersion: comptroller.dev/v1alpha1, kind: TrainingRun, spec: {workload:
                     {apiVersion: comptroller.dev/v1alpha1, kind: TrainingRun, spec: {}}}}\
                    """)))
        .isEqualTo(new Reading.Unsupported("comptroller.dev/TrainingRun", "/spec/workload"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: v1, kind: ConfigMap, data: {}}",
        "{apiVersion: example.com/v1, kind: Job, spec: {}}",
        "{apiVersion: apps/v1, kind: Pod, spec: {}}",
        "{}"
      })
  void what_runs_no_pods_is_no_workload(String manifest) {
    assertThat(WorkloadReader.read(Manifest.of(manifest))).isEqualTo(new Reading.NotAWorkload());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'kind: Pod, apiVersion: v1'                                             | /spec | nothing",
        "'kind: Pod, apiVersion: v1, spec: 7'                                    | /spec | 7",
        "'kind: [], apiVersion: v1'                                              | /kind | a list",
        "'kind: Pod, apiVersion: v1, spec: {containers: {}}'                     | /spec/containers"
            + " | an object",
        "'kind: Pod, apiVersion: v1, spec: {containers: [x]}'                    |"
            + " /spec/containers/0 | x",
        "'kind: Pod, apiVersion: v1, spec: {containers: [{image: 5}]}'           |"
            + " /spec/containers/0/image | 5",
        "'kind: Pod, apiVersion: v1, spec: {activeDeadlineSeconds: -1}'          |"
            + " /spec/activeDeadlineSeconds | -1",
        "'kind: Pod, apiVersion: v1, spec: {activeDeadlineSeconds: \"60\"}'      |"
            + " /spec/activeDeadlineSeconds | 60",
        "'kind: Pod, apiVersion: v1, spec: {activeDeadlineSeconds: 1.5}'         |"
            + " /spec/activeDeadlineSeconds | 1.5",
        "'kind: Pod, apiVersion: v1, spec: {activeDeadlineSeconds: 9223372036854775808}' |"
            + " /spec/activeDeadlineSeconds | 9223372036854775808",
        "'kind: Job, apiVersion: batch/v1, spec: {}'                             | /spec/template |"
            + " nothing",
        "'kind: Job, apiVersion: batch/v1, spec: {parallelism: [], template: {spec: {}}}'          "
            + "    | /spec/parallelism | a list",
        "'kind: Deployment, apiVersion: apps/v1, spec: {template: {spec: {}}, strategy:"
            + " {rollingUpdate: {maxSurge: \"5\"}}}' | /spec/strategy/rollingUpdate/maxSurge | 5",
        "'kind: Pod, apiVersion: v1, spec: {containers: [{resources: {limits: {nvidia.com/gpu:"
            + " one}}}]}'   | /spec/containers/0/resources/limits/nvidia.com~1gpu | one",
        "'kind: Pod, apiVersion: v1, spec: {containers: [{resources: {limits: {nvidia.com/gpu:"
            + " \"0.5\"}}}]}' | /spec/containers/0/resources/limits/nvidia.com~1gpu | 0.5",
        "'kind: Pod, apiVersion: v1, spec: {containers: [{resources: {limits: {nvidia.com/gpu:"
            + " -1}}}]}'    | /spec/containers/0/resources/limits/nvidia.com~1gpu | -1",
        "'kind: TrainingRun, apiVersion: comptroller.dev/v1alpha1, spec: {}'     | /spec/workload |"
            + " nothing"
      })
  void a_field_of_the_wrong_type_or_range_is_named_with_what_was_found(
      String fields, String pointer, String found) {
    assertThat(WorkloadReader.read(Manifest.of("{" + fields + "}")))
        .isInstanceOfSatisfying(
            Reading.Malformed.class,
            malformed -> {
              assertThat(malformed.pointer()).isEqualTo(pointer);
              assertThat(malformed.found()).isEqualTo(found);
              assertThat(malformed.required()).isNotEmpty();
            });
  }

  @Test
  void null_is_the_same_as_left_out() {
    assertThat(
            workload(
                "{apiVersion: v1, kind: Pod, spec: {activeDeadlineSeconds: null, volumes: null,"
                    + " containers: [{image: a, resources: null}]}}"))
        .satisfies(pod -> assertThat(pod.templates().getFirst().activeDeadlineSeconds()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "'resources: {limits: {nvidia.com/gpu: 1}}', true",
    "'resources: {limits: {nvidia.com/gpu: 0}}', false",
    "'resources: {limits: {acme.com/npu: 1}}', true",
    "'resources: {limits: {cpu: 4, memory: 8Gi, rdma/hca: 1}}', false",
    "'securityContext: {privileged: true}', true",
    "'image: a', false"
  })
  void a_workload_needs_accelerators_if_it_asks_for_them_or_gets_around_asking(
      String container, boolean needs) {
    Workload workload =
        workload("{apiVersion: v1, kind: Pod, spec: {containers: [{%s}]}}".formatted(container));

    assertThat(workload.needsAccelerators(Catalogues.NVIDIA)).isEqualTo(needs);
  }

  @Test
  void a_resource_claim_needs_accelerators() {
    Workload workload =
        workload("{apiVersion: v1, kind: Pod, spec: {resourceClaims: [{name: a}]}}");

    assertThat(workload.needsAccelerators(Catalogues.NVIDIA)).isTrue();
  }

  private static Workload workload(String manifest) {
    Reading reading = WorkloadReader.read(Manifest.of(manifest));
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).workload();
  }
}
