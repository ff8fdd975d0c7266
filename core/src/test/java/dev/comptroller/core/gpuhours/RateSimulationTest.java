package dev.comptroller.core.gpuhours;

import static dev.comptroller.core.gpuhours.Imitated.POD;
import static dev.comptroller.core.gpuhours.Imitated.bound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.core.Manifest;
import dev.comptroller.core.workload.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What serves, rolled out and scaled by imitated controllers, never holds more than its rate. */
class RateSimulationTest {
  @Property
  void a_rollout_never_holds_more_than_the_rate(
      @ForAll @IntRange(min = 1, max = 100) int replicas,
      @ForAll @IntRange(min = 0, max = 200) int surgePercent,
      @ForAll long seed) {
    Random random = new Random(seed);
    long surge = (replicas * (long) surgePercent + 99) / 100;
    long old = replicas;
    long fresh = 0;
    long most = replicas;
    for (int step = 0; step < 200; step++) {
      if (random.nextBoolean() && old + fresh < replicas + surge) {
        fresh++;
      } else if (old > 0 && old + fresh > replicas - 1) {
        old--;
      }
      most = Math.max(most, old + fresh);
    }
    String spec =
        "{replicas: %d, strategy: {rollingUpdate: {maxSurge: %d%%}}, template: %s}"
            .formatted(replicas, surgePercent, POD.formatted("", 0));

    assertThat(bound(spec, "apps/v1", "Deployment").over(Duration.ofHours(1)).orElseThrow())
        .isGreaterThanOrEqualTo(new Amount(most * 3_600_000));
  }

  @Property
  void groups_that_are_rolled_out_never_hold_more_than_the_rate(
      @ForAll @IntRange(min = 1, max = 20) int groups,
      @ForAll @IntRange(min = 0, max = 20) int surge,
      @ForAll @IntRange(min = 1, max = 8) int size,
      @ForAll long seed) {
    Random random = new Random(seed);
    int most = groups;
    int present = groups;
    for (int step = 0; step < 100; step++) {
      present =
          random.nextBoolean() ? Math.min(groups + surge, present + 1) : Math.max(0, present - 1);
      most = Math.max(most, present);
    }
    String spec =
        """
        {replicas: %d, rolloutStrategy: {rollingUpdateConfiguration: {maxSurge: %d}},
         leaderWorkerTemplate: {size: %d, workerTemplate: %s}}\
        """
            .formatted(groups, surge, size, POD.formatted("", 0));

    assertThat(
            bound(spec, "leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet")
                .over(Duration.ofHours(1))
                .orElseThrow())
        .isGreaterThanOrEqualTo(new Amount(3_600_000L * most * size));
  }

  @Property
  void an_upgrade_of_a_ray_service_never_holds_more_than_the_rate(
      @ForAll @IntRange(min = 0, max = 20) int workers,
      @ForAll @IntRange(min = 1, max = 4) int hosts,
      @ForAll long seed) {
    Random random = new Random(seed);
    int old = 1 + random.nextInt(workers + 1) * hosts;
    int fresh = 1 + random.nextInt(workers + 1) * hosts;
    String pod = POD.formatted("", 0);
    String spec =
        """
        {rayClusterConfig: {enableInTreeAutoscaling: true, headGroupSpec: {template: %s},
         workerGroupSpecs: [{groupName: a, maxReplicas: %d, numOfHosts: %d, template: %s}]}}\
        """
            .formatted(pod, workers, hosts, pod);

    assertThat(bound(spec, "ray.io/v1", "RayService").over(Duration.ofHours(1)).orElseThrow())
        .isGreaterThanOrEqualTo(new Amount((old + fresh) * 3_600_000L));
  }

  @Property
  void an_autoscaler_never_makes_more_pods_than_were_priced(
      @ForAll @IntRange(min = 0, max = 50) int replicas,
      @ForAll @IntRange(min = 1, max = 50) int maximum,
      @ForAll long seed) {
    Random random = new Random(seed);
    int most = replicas;
    for (int step = 0; step < 50; step++) {
      most = Math.max(most, 1 + random.nextInt(maximum));
    }
    String autoscaler =
        """
        {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a, namespace: n},
         spec: {maxReplicas: %d, scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: s}}}\
        """
            .formatted(maximum);
    String manifest =
        """
        {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: s, namespace: n},
         spec: {replicas: %d, template: %s}}\
        """
            .formatted(replicas, POD.formatted("", 0));

    assertThat(
            bound(manifest, Surroundings.of(List.of(Manifest.of(autoscaler))))
                .over(Duration.ofHours(1))
                .orElseThrow())
        .isGreaterThanOrEqualTo(new Amount(most * 3_600_000L));
  }
}
