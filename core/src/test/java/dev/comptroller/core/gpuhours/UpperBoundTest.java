package dev.comptroller.core.gpuhours;

import static dev.comptroller.core.accelerator.Catalogues.NVIDIA;
import static dev.comptroller.core.accelerator.Catalogues.acceleratorClass;
import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.core.Manifest;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.WorkloadReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpperBoundTest {
  private static final String GPU_POD =
      """
      {restartPolicy: Never, terminationGracePeriodSeconds: 0,
       containers: [{name: main, resources: {limits: {nvidia.com/gpu: 1}}}]}\
      """;
  private static final String GPU_POD_HOUR =
      GPU_POD.replace("{restart", "{activeDeadlineSeconds: 3600, restart");
  private static final String GPU_POD_GRACE = GPU_POD.replace("Seconds: 0", "Seconds: 1800");

  @Test
  void a_pod_that_says_nothing_about_grace_may_take_half_a_minute_to_stop() {
    assertBounded(
        """
        {apiVersion: v1, kind: Pod, spec: {activeDeadlineSeconds: 3570,
         containers: [{name: main, resources: {limits: {nvidia.com/gpu: 1}}}]}}\
        """,
        "1");
  }

  @Test
  void a_job_that_states_neither_parallelism_nor_completions_runs_one_pod_at_a_time() {
    assertBounded(job("activeDeadlineSeconds: 3600", GPU_POD), "1");
  }

  @Test
  void a_work_queue_is_bounded_by_its_parallelism() {
    assertBounded(job("parallelism: 3, backoffLimit: 2", GPU_POD_HOUR), "5");
    assertBounded(job("parallelism: 3, activeDeadlineSeconds: 3600", GPU_POD), "3");
  }

  @Test
  void fewer_completions_than_parallelism_bound_the_pods_at_once() {
    assertBounded(job("parallelism: 8, completions: 2, activeDeadlineSeconds: 3600", GPU_POD), "2");
  }

  @Test
  void replacements_that_do_not_wait_hold_accelerators_beside_the_pods_they_replace() {
    // 2 x (1 h + 0.5 h) and 3 more pods, each terminating for 0.5 h beside its replacement
    assertBounded(
        job(
            "parallelism: 2, completions: 2, backoffLimit: 3, activeDeadlineSeconds: 3600",
            GPU_POD_GRACE),
        "4.5");
  }

  @Test
  void a_pod_failure_policy_makes_replacements_wait() {
    assertBounded(
        job(
            "parallelism: 2, completions: 2, backoffLimit: 3, activeDeadlineSeconds: 3600,"
                + " podFailurePolicy: {rules: [{action: FailJob}]}",
            GPU_POD_GRACE),
        "3");
  }

  @Test
  void ignored_failures_leave_the_deadline_of_the_job_as_the_only_clock() {
    String ignoring =
        "parallelism: 2, podFailurePolicy: {rules: [{action: Count}, {action: Ignore}]}";

    GpuHours hours = bound(job(ignoring, GPU_POD_HOUR));

    assertThat(hours)
        .isInstanceOfSatisfying(
            GpuHours.Unbounded.class,
            unbounded -> {
              assertThat(unbounded.rate()).isEqualTo(Amount.parse("2"));
              assertThat(unbounded.reasons())
                  .singleElement()
                  .satisfies(
                      reason -> {
                        assertThat(reason.code()).isEqualTo(Reason.Code.NoDeadline);
                        assertThat(reason.pointer()).isEqualTo("/spec/activeDeadlineSeconds");
                        assertThat(reason.found()).contains("podFailurePolicy");
                      });
            });
    assertBounded(job(ignoring + ", activeDeadlineSeconds: 1800", GPU_POD_HOUR), "1");
  }

  @Test
  void retries_per_index_raise_the_pods_ever_created_and_failed_indexes_do_not_lower_them() {
    assertBounded(
        job(
            "parallelism: 2, completions: 4, completionMode: Indexed, backoffLimitPerIndex: 2,"
                + " maxFailedIndexes: 1",
            GPU_POD_HOUR),
        "12");
  }

  @Test
  void a_job_that_another_controller_runs_is_unknown() {
    assertUnknown(
        job("activeDeadlineSeconds: 3600, managedBy: kueue.x-k8s.io/multikueue", GPU_POD),
        Reason.Code.UnpricedKind,
        "/spec/managedBy");
    assertBounded(
        job("activeDeadlineSeconds: 3600, managedBy: kubernetes.io/job-controller", GPU_POD), "1");
  }

  @Test
  void a_job_without_completions_to_reach_starts_no_pod() {
    assertBounded(job("parallelism: 2, completions: 0", GPU_POD), "0");
  }

  @Test
  void a_deadline_of_nothing_is_not_free() {
    assertThat(bound(job("activeDeadlineSeconds: 0", GPU_POD)))
        .isInstanceOfSatisfying(
            GpuHours.Bounded.class,
            bounded -> assertThat(bounded.amount()).isEqualTo(new Amount(1000)));
  }

  @ParameterizedTest
  @CsvSource({
    "3, '', 4",
    "8, 'strategy: {rollingUpdate: {maxSurge: 30%}},', 11",
    "8, 'strategy: {rollingUpdate: {maxSurge: 3}},', 11",
    "8, 'strategy: {rollingUpdate: {maxSurge: 0}},', 8",
    "8, 'strategy: {rollingUpdate: {maxSurge: 150%}},', 20",
    "8, 'strategy: {type: Recreate},', 8",
    "0, 'strategy: {rollingUpdate: {maxSurge: 3}},', 0"
  })
  void a_deployment_holds_its_replicas_and_their_surge(int replicas, String strategy, String rate) {
    assertRate(
        """
        {apiVersion: apps/v1, kind: Deployment,
         spec: {replicas: %d, %s template: {spec: %s}}}\
        """
            .formatted(replicas, strategy, GPU_POD),
        rate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ReplicaSet", "StatefulSet"})
  void a_set_of_pods_holds_its_replicas(String kind) {
    String set = "{apiVersion: apps/v1, kind: %s, spec: {%s template: {spec: %s}}}";

    assertRate(set.formatted(kind, "replicas: 5,", GPU_POD), "5");
    assertRate(set.formatted(kind, "", GPU_POD), "1");
  }

  @Test
  void a_model_deployment_holds_the_most_it_may_be_scaled_to_and_one_more_in_a_rollout() {
    assertRate(
        """
        {apiVersion: comptroller.dev/v1alpha1, kind: ModelDeployment,
         spec: {runtime: {image: x, resources: {limits: {nvidia.com/gpu: "2"}}},
                scale: {min: 1, max: 4, replicas: 1}}}\
        """,
        "10");
  }

  @Test
  void a_training_run_is_bounded_by_the_job_it_runs() {
    String run =
        """
        {apiVersion: comptroller.dev/v1alpha1, kind: TrainingRun, spec: {suspend: true,
         workload: {apiVersion: batch/v1, kind: Job, spec: {template: {spec: %s}%s}}}}\
        """;

    assertBounded(run.formatted(GPU_POD, ", activeDeadlineSeconds: 7200"), "2");
    assertThat(bound(run.formatted(GPU_POD, "")).reasons())
        .extracting(Reason::pointer)
        .containsExactly("/spec/workload/spec/activeDeadlineSeconds");
  }

  @Test
  void serving_is_priced_over_a_window_and_a_job_without_a_deadline_is_not() {
    GpuHours serving =
        bound(
            "{apiVersion: apps/v1, kind: StatefulSet, spec: {template: {spec: %s}}}"
                .formatted(GPU_POD));

    assertThat(serving.over(Duration.ofDays(30))).contains(Amount.parse("720"));
    assertThat(bound(job("", GPU_POD)).over(Duration.ofDays(30))).isEmpty();
  }

  @Test
  void a_kind_that_needs_more_than_itself_is_unknown_only_if_it_asks_for_accelerators() {
    String manifest = "{apiVersion: apps/v1, kind: DaemonSet, spec: {template: {spec: %s}}}";

    assertUnknown(
        manifest.formatted(GPU_POD), Reason.Code.NodesUnknown, "/spec/template/spec/nodeSelector");
    assertBounded(manifest.formatted("{containers: [{name: main}]}"), "0");
  }

  @Test
  void an_unlisted_accelerator_is_unknown_and_names_the_field_that_asks_for_it() {
    assertUnknown(
        job("activeDeadlineSeconds: 3600", GPU_POD.replace("nvidia.com", "acme.com")),
        Reason.Code.UnknownAccelerator,
        "/spec/template/spec/containers/0/resources/limits/acme.com~1gpu");
  }

  @Test
  void a_resource_claim_is_unknown() {
    assertUnknown(
        "{apiVersion: v1, kind: Pod, spec: {resourceClaims: [{name: gpu}], containers: [{name:"
            + " main}]}}",
        Reason.Code.ClaimNotFound,
        "/spec/resourceClaims/0");
  }

  @Test
  void a_way_around_requests_is_unknown_although_nothing_is_requested() {
    assertUnknown(
        """
        {apiVersion: v1, kind: Pod, spec: {activeDeadlineSeconds: 60,
         containers: [{name: main, securityContext: {privileged: true}}]}}\
        """,
        Reason.Code.AcceleratorBypass,
        "/spec/containers/0/securityContext/privileged");
  }

  @Test
  void accelerators_of_several_names_add_up_by_weight() {
    AcceleratorCatalogue catalogue =
        new AcceleratorCatalogue(
            List.of(
                acceleratorClass("nvidia.com/gpu", "1", Map.of()),
                acceleratorClass("google.com/tpu", "0.3", Map.of())));
    String pod =
        """
        {apiVersion: v1, kind: Pod, spec: {activeDeadlineSeconds: 3600, terminationGracePeriodSeconds: 0,
         containers: [{name: a, resources: {limits: {nvidia.com/gpu: 2}}},
                      {name: b, resources: {limits: {google.com/tpu: 4, rdma/hca: 1}}}]}}\
        """;

    assertThat(bound(pod, catalogue))
        .isInstanceOfSatisfying(
            GpuHours.Bounded.class,
            bounded -> assertThat(bounded.amount()).isEqualTo(Amount.parse("3.2")));
  }

  @Test
  void the_terms_name_the_fields_a_bound_was_made_from() {
    List<Term> terms = bound(job("parallelism: 2, activeDeadlineSeconds: 3600", GPU_POD)).terms();

    assertThat(Explanation.lines(terms))
        .containsExactly(
            "pods at once: 2 GPU-hours = accelerators of a pod x pods at once x (deadline of the"
                + " Job + grace period)",
            "  accelerators of a pod: 1",
            "    nvidia.com/gpu of a pod: 1 of weight 1"
                + " (/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu)",
            "  pods at once: 2 pods (/spec/parallelism)",
            "  deadline of the Job + grace period: 3600 s",
            "    deadline of the Job: 3600 s (/spec/activeDeadlineSeconds)",
            "    grace period: 0 s (/spec/template/spec/terminationGracePeriodSeconds)");
  }

  private static String job(String fields, String podSpec) {
    return "{apiVersion: batch/v1, kind: Job, spec: {template: {spec: %s}%s}}"
        .formatted(podSpec, fields.isEmpty() ? "" : ", " + fields);
  }

  private static GpuHours bound(String manifest) {
    return bound(manifest, NVIDIA);
  }

  private static GpuHours bound(String manifest, AcceleratorCatalogue catalogue) {
    Reading reading = WorkloadReader.read(Manifest.of(manifest));
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return UpperBound.of(((Reading.Read) reading).workload(), catalogue);
  }

  private static void assertBounded(String manifest, String gpuHours) {
    assertThat(bound(manifest))
        .isInstanceOfSatisfying(
            GpuHours.Bounded.class,
            bounded -> assertThat(bounded.amount()).isEqualTo(Amount.parse(gpuHours)));
  }

  private static void assertRate(String manifest, String rate) {
    assertThat(bound(manifest))
        .isInstanceOfSatisfying(
            GpuHours.Unbounded.class,
            unbounded -> assertThat(unbounded.rate()).isEqualTo(Amount.parse(rate)));
  }

  private static void assertUnknown(String manifest, Reason.Code code, String pointer) {
    assertThat(bound(manifest))
        .isInstanceOfSatisfying(
            GpuHours.Unknown.class,
            unknown ->
                assertThat(unknown.reasons())
                    .singleElement()
                    .satisfies(
                        reason -> {
                          assertThat(reason.code()).isEqualTo(code);
                          assertThat(reason.pointer()).isEqualTo(pointer);
                        }));
  }
}
