package dev.comptroller.core.gpuhours;

import static dev.comptroller.core.gpuhours.Imitated.POD;
import static dev.comptroller.core.gpuhours.Imitated.bound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.core.Manifest;
import dev.comptroller.core.workload.Surroundings;
import dev.comptroller.core.workload.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Controllers that are imitated never spend more than the bound. */
class SimulationTest {
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

  @Property
  void a_job_spends_no_more_than_its_bound(@ForAll("jobs") SimulatedJob job, @ForAll long seed) {
    long spent = job.podSeconds(SimulatedJob.Fate.of(new Random(seed)));

    assertWithin(spent, spec(job), "batch/v1", "Job");
  }

  @Property
  void a_job_that_holds_on_to_the_last_spends_no_more_than_its_bound(
      @ForAll("jobs") SimulatedJob job) {
    assertWithin(job.podSeconds(SimulatedJob.Fate.worst()), spec(job), "batch/v1", "Job");
  }

  @Property
  void a_job_can_spend_all_that_its_deadline_allows(
      @ForAll @IntRange(min = 1, max = 50) int pods,
      @ForAll @LongRange(min = 1, max = 100_000) long deadline,
      @ForAll @LongRange(min = 0, max = 3600) long grace) {
    SimulatedJob job = new SimulatedJob(pods, pods, 0, deadline, SimulatedJob.NEVER, grace, false);

    assertThat(podSeconds(bound(spec(job), "batch/v1", "Job")))
        .isEqualTo(job.podSeconds(SimulatedJob.Fate.worst()));
  }

  @Property
  void a_job_can_spend_all_that_the_deadline_of_its_pods_allows(
      @ForAll @IntRange(min = 0, max = 50) int retries,
      @ForAll @LongRange(min = 1, max = 100_000) long deadline,
      @ForAll @LongRange(min = 0, max = 3600) long grace) {
    SimulatedJob job = new SimulatedJob(1, 1, retries, SimulatedJob.NEVER, deadline, grace, false);

    assertThat(podSeconds(bound(spec(job), "batch/v1", "Job")))
        .isEqualTo(job.podSeconds(SimulatedJob.Fate.worst()));
  }

  @Property
  void a_job_set_that_restarts_at_any_time_spends_no_more_than_its_bound(
      @ForAll("jobs") SimulatedJob first,
      @ForAll("jobs") SimulatedJob second,
      @ForAll @IntRange(min = 0, max = 5) int restarts,
      @ForAll @IntRange(min = 1, max = 4) int replicas,
      @ForAll long seed) {
    Random random = new Random(seed);
    long spent = 0;
    for (int run = 0; run <= random.nextInt(restarts + 1); run++) {
      for (int replica = 0; replica < replicas; replica++) {
        spent += first.podSeconds(SimulatedJob.Fate.of(random));
      }
      spent += second.podSeconds(SimulatedJob.Fate.of(random));
    }

    assertWithin(
        spent,
        """
        {failurePolicy: {maxRestarts: %d}, replicatedJobs: [
         {name: a, replicas: %d, template: {spec: %s}}, {name: b, template: {spec: %s}}]}\
        """
            .formatted(restarts, replicas, spec(first), spec(second)),
        "jobset.x-k8s.io/v1alpha2",
        "JobSet");
  }

  @Property
  void a_ray_job_that_is_retried_spends_no_more_than_its_bound(
      @ForAll @IntRange(min = 0, max = 5) int retries,
      @ForAll @IntRange(min = 0, max = 8) int workers,
      @ForAll @LongRange(min = 1, max = 10_000) long deadline,
      @ForAll @LongRange(min = 0, max = 3600) long grace,
      @ForAll @LongRange(min = 0, max = 3600) long kept,
      @ForAll long seed) {
    Random random = new Random(seed);
    long spent = 0;
    int attempts = 1 + random.nextInt(retries + 1);
    for (int attempt = 0; attempt < attempts; attempt++) {
      long lasted = 1 + random.nextLong(deadline);
      for (int pod = 0; pod <= random.nextInt(workers + 1); pod++) {
        spent += random.nextLong(lasted + 1) + random.nextLong(grace + 1);
      }
    }
    spent += kept * random.nextInt(workers + 2);
    String pod = POD.formatted("", grace);

    assertWithin(
        spent,
        """
        {activeDeadlineSeconds: %d, backoffLimit: %d, ttlSecondsAfterFinished: %d,
         shutdownAfterJobFinishes: true, rayClusterSpec: {enableInTreeAutoscaling: true,
          headGroupSpec: {template: %s},
          workerGroupSpecs: [{groupName: a, maxReplicas: %d, template: %s}]}}\
        """
            .formatted(deadline, retries, kept, pod, workers, pod),
        "ray.io/v1",
        "RayJob");
  }

  @Property
  void a_cron_job_spends_no_more_than_its_bound(
      @ForAll @IntRange(min = 1, max = 59) int everyMinutes,
      @ForAll @LongRange(min = 1, max = 20_000) long deadline,
      @ForAll @IntRange(min = 1, max = 72) int hours,
      @ForAll boolean overlaps,
      @ForAll long seed) {
    Random random = new Random(seed);
    long end = hours * 3600L;
    long spent = 0;
    long free = 0;
    for (long now = 0; now < end; now += 60) {
      if ((now / 60) % 60 % everyMinutes != 0 || (!overlaps && now < free)) {
        continue;
      }
      long lasts = 1 + random.nextLong(deadline);
      spent += overlaps ? lasts : Math.min(lasts, end - now);
      free = now + lasts;
    }
    Surroundings around = Surroundings.UNKNOWN.during(new Window(START, Duration.ofHours(hours)));
    String policy = overlaps ? "Allow" : List.of("Forbid", "Replace").get(random.nextInt(2));

    String manifest =
        """
        {apiVersion: batch/v1, kind: CronJob, spec: {
         schedule: '*/%d * * * *', concurrencyPolicy: %s, jobTemplate: {spec: {
          activeDeadlineSeconds: %d, podReplacementPolicy: Failed, template: %s}}}}\
        """
            .formatted(everyMinutes, policy, deadline, POD.formatted("", 0));

    assertThat(podSeconds(bound(manifest, around))).isGreaterThanOrEqualTo(spent);
  }

  @Property
  void a_kubeflow_job_whose_replicas_are_replaced_until_its_deadline_spends_no_more_than_its_bound(
      @ForAll("kubeflow") List<String> kindAndReplicas,
      @ForAll @IntRange(min = 1, max = 6) int workers,
      @ForAll @IntRange(min = 0, max = 6) int more,
      @ForAll @LongRange(min = 1, max = 10_000) long deadline,
      @ForAll @LongRange(min = 0, max = 3600) long grace,
      @ForAll long seed) {
    Random random = new Random(seed);
    long spent = 0;
    // The master, and as many workers as an elastic job has grown to.
    for (int slot = 0; slot <= workers + random.nextInt(more + 1); slot++) {
      for (long now = 0; now < deadline; ) {
        long lived = Math.min(deadline - now, 1 + random.nextLong(deadline));
        now += lived;
        spent += lived;
      }
      spent += random.nextLong(grace + 1);
    }
    String pod = POD.formatted("", grace);

    assertWithin(
        spent,
        """
        {elasticPolicy: {maxReplicas: %d}, runPolicy: {activeDeadlineSeconds: %d, cleanPodPolicy: All},
         %s: {Master: {replicas: 1, template: %s}, Worker: {replicas: %d, template: %s}}}\
        """
            .formatted(workers + more, deadline, kindAndReplicas.getLast(), pod, workers, pod),
        "kubeflow.org/v1",
        kindAndReplicas.getFirst());
  }

  @Provide
  Arbitrary<List<String>> kubeflow() {
    return Arbitraries.of(
        List.of("PyTorchJob", "pytorchReplicaSpecs"),
        List.of("TFJob", "tfReplicaSpecs"),
        List.of("XGBoostJob", "xgbReplicaSpecs"),
        List.of("PaddleJob", "paddleReplicaSpecs"),
        List.of("JAXJob", "jaxReplicaSpecs"));
  }

  @Property
  void a_volcano_job_that_runs_again_spends_no_more_than_its_bound(
      @ForAll @IntRange(min = 1, max = 6) int runs,
      @ForAll @IntRange(min = 1, max = 6) int first,
      @ForAll @IntRange(min = 0, max = 6) int second,
      @ForAll @LongRange(min = 1, max = 10_000) long deadline,
      @ForAll @LongRange(min = 0, max = 3600) long grace,
      @ForAll long seed) {
    Random random = new Random(seed);
    long spent = 0;
    for (int run = 0; run < 1 + random.nextInt(runs); run++) {
      for (int pod = 0; pod < first + second; pod++) {
        spent += 1 + random.nextLong(deadline) + random.nextLong(grace + 1);
      }
    }
    String pod = POD.formatted(deadline(deadline), grace);

    assertWithin(
        spent,
        "{maxRetry: %d, tasks: [{replicas: %d, template: %s}, {replicas: %d, template: %s}]}"
            .formatted(runs, first, pod, second, pod),
        "batch.volcano.sh/v1alpha1",
        "Job");
  }

  @Property
  void a_train_job_spends_no_more_than_the_job_set_of_its_runtime_and_no_longer_than_its_deadline(
      @ForAll("jobs") SimulatedJob job,
      @ForAll @IntRange(min = 0, max = 4) int restarts,
      @ForAll @IntRange(min = 1, max = 8) int nodes,
      @ForAll @LongRange(min = 1, max = 20_000) long deadline,
      @ForAll long seed) {
    Random random = new Random(seed);
    SimulatedJob onNodes =
        new SimulatedJob(
            nodes,
            nodes,
            job.backoffLimit(),
            Math.min(job.deadline(), deadline),
            job.podDeadline(),
            job.grace(),
            false);
    long spent = onNodes.podSeconds(SimulatedJob.Fate.of(random));
    String runtime =
        """
        {apiVersion: trainer.kubeflow.org/v1alpha1, kind: ClusterTrainingRuntime,
         metadata: {name: torch}, spec: {template: {spec: {failurePolicy: {maxRestarts: %d},
          replicatedJobs: [{name: node, template: {
           metadata: {labels: {trainer.kubeflow.org/trainjob-ancestor-step: trainer}},
           spec: %s}}]}}}}\
        """
            .formatted(restarts, spec(onNodes));
    Surroundings around = Surroundings.of(List.of(Manifest.of(runtime)));
    String manifest =
        """
        {apiVersion: trainer.kubeflow.org/v1alpha1, kind: TrainJob, metadata: {name: t, namespace: n},
         spec: {activeDeadlineSeconds: %d, runtimeRef: {name: torch}, trainer: {numNodes: %d}}}\
        """
            .formatted(deadline, nodes);

    assertThat(podSeconds(bound(manifest, around))).isGreaterThanOrEqualTo(spent);
  }

  @Provide
  Arbitrary<SimulatedJob> jobs() {
    Arbitrary<Long> deadlines =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, 20_000), Arbitraries.just(SimulatedJob.NEVER));
    return Combinators.combine(
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(1, 12),
            Arbitraries.integers().between(0, 8),
            deadlines,
            deadlines,
            Arbitraries.longs().between(0, 3600),
            Arbitraries.of(true, false))
        .as(SimulatedJob::new)
        .filter(
            job -> job.deadline() != SimulatedJob.NEVER || job.podDeadline() != SimulatedJob.NEVER);
  }

  private static String spec(SimulatedJob job) {
    return "{parallelism: %d, completions: %d, backoffLimit: %d, %s%stemplate: %s}"
        .formatted(
            job.parallelism(),
            job.completions(),
            job.backoffLimit(),
            deadline(job.deadline()),
            job.overlaps() ? "" : "podReplacementPolicy: Failed, ",
            POD.formatted(deadline(job.podDeadline()), job.grace()));
  }

  private static String deadline(long seconds) {
    return seconds == SimulatedJob.NEVER ? "" : "activeDeadlineSeconds: " + seconds + ", ";
  }

  private static void assertWithin(long spent, String spec, String apiVersion, String kind) {
    assertThat(podSeconds(bound(spec, apiVersion, kind))).isGreaterThanOrEqualTo(spent);
  }

  private static long podSeconds(GpuHours hours) {
    assertThat(hours).isInstanceOf(GpuHours.Bounded.class);
    return ((GpuHours.Bounded) hours).amount().milliSeconds() / 1000;
  }
}
