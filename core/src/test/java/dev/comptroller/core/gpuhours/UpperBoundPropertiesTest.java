package dev.comptroller.core.gpuhours;

import static dev.comptroller.core.accelerator.Catalogues.NVIDIA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.WorkloadReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds for every bound, whatever the numbers. */
class UpperBoundPropertiesTest {

  /** A field whose number may grow; some may be left out. */
  enum Size {
    DEVICES(1, false, ""),
    PARALLELISM(1, false, "parallelism"),
    COMPLETIONS(1, true, "completions"),
    BACKOFF(0, true, "backoffLimit"),
    BACKOFF_PER_INDEX(0, true, "backoffLimitPerIndex"),
    JOB_DEADLINE(0, true, "activeDeadlineSeconds"),
    POD_DEADLINE(1, true, ""),
    GRACE(0, false, ""),
    REPLICAS(1, false, ""),
    RESTARTS(0, true, ""),
    OUTER_DEADLINE(1, true, "");

    private final long least;
    private final boolean optional;
    private final String field;

    Size(long least, boolean optional, String field) {
      this.least = least;
      this.optional = optional;
      this.field = field;
    }

    Arbitrary<OptionalLong> numbers() {
      Arbitrary<OptionalLong> present =
          Arbitraries.frequencyOf(
                  Tuple.of(6, Arbitraries.longs().between(least, 100)),
                  Tuple.of(3, Arbitraries.longs().between(least, Integer.MAX_VALUE)),
                  Tuple.of(1, Arbitraries.longs().between(least, Long.MAX_VALUE)))
              .map(OptionalLong::of);
      return optional
          ? Arbitraries.oneOf(Arbitraries.just(OptionalLong.empty()), present)
          : present;
    }
  }

  record Sizes(Map<Size, OptionalLong> values, boolean overlaps) {
    OptionalLong get(Size size) {
      return values.getOrDefault(size, OptionalLong.empty());
    }

    /** A larger number for one field; a field that is left out stays out. */
    Sizes raised(Size size, long by) {
      Map<Size, OptionalLong> raised = new HashMap<>(values);
      get(size)
          .ifPresent(
              value ->
                  raised.put(size, OptionalLong.of(value + Math.min(by, Long.MAX_VALUE - value))));
      return new Sizes(raised, overlaps);
    }

    ObjectNode jobSpec() {
      ObjectNode spec = JsonNodeFactory.instance.objectNode();
      for (Size size : Size.values()) {
        if (!size.field.isEmpty()) {
          get(size).ifPresent(value -> spec.put(size.field, value));
        }
      }
      if (!overlaps) {
        spec.put("podReplacementPolicy", "Failed");
      }
      spec.set("template", template(get(Size.DEVICES), get(Size.POD_DEADLINE), get(Size.GRACE)));
      return spec;
    }
  }

  /** Kinds by how their objects are made from numbers. */
  enum Sample {
    JOB {
      @Override
      KubernetesObject of(Sizes sizes) {
        return object("batch/v1", "Job", sizes.jobSpec());
      }
    },
    JOB_SET {
      @Override
      KubernetesObject of(Sizes sizes) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        ObjectNode job = spec.putArray("replicatedJobs").addObject();
        sizes.get(Size.REPLICAS).ifPresent(value -> job.put("replicas", value));
        job.putObject("template").set("spec", sizes.jobSpec());
        ObjectNode policy = spec.putObject("failurePolicy");
        sizes.get(Size.RESTARTS).ifPresent(value -> policy.put("maxRestarts", value));
        return object("jobset.x-k8s.io/v1alpha2", "JobSet", spec);
      }
    },
    PYTORCH_JOB {
      @Override
      KubernetesObject of(Sizes sizes) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        ObjectNode policy = spec.putObject("runPolicy").put("cleanPodPolicy", "Running");
        deadline(sizes, policy);
        ObjectNode worker = spec.putObject("pytorchReplicaSpecs").putObject("Worker");
        sizes.get(Size.REPLICAS).ifPresent(value -> worker.put("replicas", value));
        worker.set("template", pod(sizes));
        return object("kubeflow.org/v1", "PyTorchJob", spec);
      }
    },
    RAY_JOB {
      @Override
      KubernetesObject of(Sizes sizes) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("shutdownAfterJobFinishes", true);
        sizes.get(Size.BACKOFF).ifPresent(value -> spec.put("backoffLimit", value));
        sizes.get(Size.RESTARTS).ifPresent(value -> spec.put("ttlSecondsAfterFinished", value));
        deadline(sizes, spec);
        ObjectNode cluster = spec.putObject("rayClusterSpec").put("enableInTreeAutoscaling", true);
        cluster.putObject("headGroupSpec").set("template", pod(sizes));
        ObjectNode group = cluster.putArray("workerGroupSpecs").addObject();
        sizes.get(Size.REPLICAS).ifPresent(value -> group.put("maxReplicas", value));
        sizes.get(Size.PARALLELISM).ifPresent(value -> group.put("numOfHosts", value));
        group.set("template", pod(sizes));
        return object("ray.io/v1", "RayJob", spec);
      }
    },
    VOLCANO_JOB {
      @Override
      KubernetesObject of(Sizes sizes) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("maxRetry", sizes.get(Size.REPLICAS).orElse(1));
        ObjectNode task = spec.putArray("tasks").addObject();
        sizes.get(Size.PARALLELISM).ifPresent(value -> task.put("replicas", value));
        task.set("template", pod(sizes));
        return object("batch.volcano.sh/v1alpha1", "Job", spec);
      }
    },
    DEPLOYMENT {
      @Override
      KubernetesObject of(Sizes sizes) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        sizes.get(Size.REPLICAS).ifPresent(value -> spec.put("replicas", value));
        spec.set("template", pod(sizes));
        return object("apps/v1", "Deployment", spec);
      }
    },
    LEADER_WORKER_SET {
      @Override
      KubernetesObject of(Sizes sizes) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        sizes.get(Size.REPLICAS).ifPresent(value -> spec.put("replicas", value));
        ObjectNode group = spec.putObject("leaderWorkerTemplate");
        sizes.get(Size.PARALLELISM).ifPresent(value -> group.put("size", value));
        group.set("workerTemplate", pod(sizes));
        return object("leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet", spec);
      }
    };

    abstract KubernetesObject of(Sizes sizes);

    private static void deadline(Sizes sizes, ObjectNode policy) {
      sizes.get(Size.OUTER_DEADLINE).ifPresent(value -> policy.put("activeDeadlineSeconds", value));
    }

    private static ObjectNode pod(Sizes sizes) {
      return template(sizes.get(Size.DEVICES), sizes.get(Size.POD_DEADLINE), sizes.get(Size.GRACE));
    }
  }

  @Property
  void more_of_anything_never_lowers_a_bound(
      @ForAll Sample kind,
      @ForAll("sizes") Sizes sizes,
      @ForAll Size raised,
      @ForAll @LongRange(min = 1, max = 1000) long by) {
    GpuHours before = bound(kind.of(sizes));
    GpuHours after = bound(kind.of(sizes.raised(raised, by)));

    assertThat(after.getClass()).isEqualTo(before.getClass());
    assertThat(amount(after)).isGreaterThanOrEqualTo(amount(before));
  }

  @Property
  void replacements_that_do_not_wait_never_lower_the_bound_of_a_job(@ForAll("sizes") Sizes sizes) {
    GpuHours waiting = bound(Sample.JOB.of(new Sizes(sizes.values(), false)));
    GpuHours overlapping = bound(Sample.JOB.of(new Sizes(sizes.values(), true)));

    assertThat(amount(overlapping)).isGreaterThanOrEqualTo(amount(waiting));
  }

  @Property
  void what_starts_pods_with_accelerators_is_never_free(
      @ForAll Sample kind, @ForAll("sizes") Sizes sizes) {
    assertThat(amount(bound(kind.of(sizes)))).isGreaterThan(Amount.ZERO);
  }

  @Property
  void a_job_is_bounded_exactly_if_a_deadline_ends_it(@ForAll("sizes") Sizes sizes) {
    boolean ends =
        sizes.get(Size.JOB_DEADLINE).isPresent() || sizes.get(Size.POD_DEADLINE).isPresent();

    assertThat(bound(Sample.JOB.of(sizes)))
        .isInstanceOf(ends ? GpuHours.Bounded.class : GpuHours.Unbounded.class);
  }

  @Property
  void splitting_a_job_never_lowers_the_sum(
      @ForAll("sizes") Sizes sizes, @ForAll @IntRange(min = 1, max = 50) int first) {
    long pods = first + sizes.get(Size.PARALLELISM).orElse(1) % 1000 + 1;

    Amount whole = amount(bound(job(sizes, pods)));
    Amount parts = amount(bound(job(sizes, first))).plus(amount(bound(job(sizes, pods - first))));

    assertThat(parts).isGreaterThanOrEqualTo(whole);
  }

  private static KubernetesObject job(Sizes sizes, long pods) {
    ObjectNode spec = sizes.jobSpec().put("parallelism", pods).put("completions", pods);
    return object("batch/v1", "Job", spec);
  }

  @Property
  void the_order_of_containers_tasks_and_jobs_makes_no_difference(
      @ForAll("sizes") Sizes sizes, @ForAll("sizes") Sizes others) {
    ObjectNode spec = (ObjectNode) Sample.JOB_SET.of(sizes).spec();
    ArrayNode jobs = (ArrayNode) spec.path("replicatedJobs");
    jobs.add(Sample.JOB_SET.of(others).spec().path("replicatedJobs").path(0));
    ObjectNode turned = spec.deepCopy();
    ArrayNode back = turned.putArray("replicatedJobs");
    back.add(jobs.path(1)).add(jobs.path(0));

    GpuHours one = bound(object("jobset.x-k8s.io/v1alpha2", "JobSet", spec));
    GpuHours other = bound(object("jobset.x-k8s.io/v1alpha2", "JobSet", turned));

    assertThat(amount(one)).isEqualTo(amount(other));
    assertThat(one.getClass()).isEqualTo(other.getClass());
  }

  @Property
  void a_pod_costs_exactly_its_devices_for_its_deadline_and_grace(
      @ForAll @LongRange(min = 1, max = 1000) long devices,
      @ForAll @LongRange(min = 1, max = 10_000_000) long deadline,
      @ForAll @LongRange(min = 0, max = 3600) long grace) {
    ObjectNode pod =
        template(OptionalLong.of(devices), OptionalLong.of(deadline), OptionalLong.of(grace));
    ObjectNode spec = (ObjectNode) pod.path("spec");

    assertThat(amount(bound(object("v1", "Pod", spec))).milliSeconds())
        .isEqualTo(devices * (deadline + grace) * 1000);
  }

  @Property
  void serving_costs_its_rate_for_as_long_as_it_is_priced(
      @ForAll @LongRange(min = 1, max = 1000) long devices,
      @ForAll @LongRange(min = 0, max = 10_000) long replicas,
      @ForAll @LongRange(min = 0, max = 10_000) long surge,
      @ForAll @LongRange(min = 0, max = 10_000) long hours) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode().put("replicas", replicas);
    spec.putObject("strategy").putObject("rollingUpdate").put("maxSurge", surge);
    spec.set(
        "template", template(OptionalLong.of(devices), OptionalLong.empty(), OptionalLong.of(0)));
    long most = replicas == 0 ? 0 : replicas + surge;

    assertThat(bound(object("apps/v1", "Deployment", spec)).over(Duration.ofHours(hours)))
        .contains(new Amount(devices * most * hours * 3_600_000));
  }

  @Property
  void a_bound_is_printed_no_smaller_than_it_is_and_less_than_a_thousandth_larger(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long milliSeconds) {
    Amount amount = new Amount(milliSeconds);
    Amount printed = Amount.parse(amount.toGpuHours());

    assertThat(printed).isGreaterThanOrEqualTo(amount);
    assertThat(printed.minus(amount)).isLessThan(Amount.parse("0.001"));
  }

  @Provide
  Arbitrary<Sizes> sizes() {
    Arbitrary<Map<Size, OptionalLong>> values = Arbitraries.just(Map.of());
    for (Size size : Size.values()) {
      values =
          Combinators.combine(values, size.numbers())
              .as(
                  (map, number) -> {
                    Map<Size, OptionalLong> larger = new HashMap<>(map);
                    larger.put(size, number);
                    return larger;
                  });
    }
    return Combinators.combine(values, Arbitraries.of(true, false)).as(Sizes::new);
  }

  private static ObjectNode template(
      OptionalLong devices, OptionalLong deadline, OptionalLong grace) {
    ObjectNode template = JsonNodeFactory.instance.objectNode();
    ObjectNode spec = template.putObject("spec");
    deadline.ifPresent(value -> spec.put("activeDeadlineSeconds", value));
    grace.ifPresent(value -> spec.put("terminationGracePeriodSeconds", value));
    spec.putArray("containers")
        .addObject()
        .putObject("resources")
        .putObject("limits")
        .put("nvidia.com/gpu", devices.orElse(1));
    return template;
  }

  private static KubernetesObject object(String apiVersion, String kind, ObjectNode spec) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", apiVersion).put("kind", kind).set("spec", spec);
    return new KubernetesObject(object);
  }

  private static GpuHours bound(KubernetesObject object) {
    Reading reading = WorkloadReader.read(object);
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return UpperBound.of(((Reading.Read) reading).workload(), NVIDIA);
  }

  private static Amount amount(GpuHours hours) {
    return switch (hours) {
      case GpuHours.Bounded bounded -> bounded.amount();
      case GpuHours.Unbounded unbounded -> unbounded.rate();
      case GpuHours.Unknown unknown -> throw new AssertionError(unknown);
    };
  }
}
