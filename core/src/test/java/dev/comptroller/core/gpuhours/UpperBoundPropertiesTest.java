package dev.comptroller.core.gpuhours;

import static dev.comptroller.core.accelerator.Catalogues.NVIDIA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.core.workload.JobWorkload;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.PodWorkload;
import dev.comptroller.core.workload.ReplicatedWorkload;
import dev.comptroller.core.workload.ResourceRequest;
import dev.comptroller.core.workload.Workload;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

/** What holds for every bound, whatever the numbers. */
class UpperBoundPropertiesTest {

  /** A field of a Job whose number may grow; some may be left out. */
  enum Size {
    DEVICES(1, false),
    PARALLELISM(1, false),
    COMPLETIONS(1, true),
    BACKOFF(0, false),
    BACKOFF_PER_INDEX(0, true),
    JOB_DEADLINE(0, true),
    POD_DEADLINE(1, true),
    GRACE(0, false);

    private final long least;
    private final boolean optional;

    Size(long least, boolean optional) {
      this.least = least;
      this.optional = optional;
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

    Workload job() {
      return new JobWorkload(
          "/spec",
          template(
              get(Size.DEVICES).orElseThrow(),
              get(Size.POD_DEADLINE),
              get(Size.GRACE).orElseThrow()),
          get(Size.PARALLELISM).orElseThrow(),
          get(Size.COMPLETIONS),
          get(Size.BACKOFF).orElseThrow(),
          get(Size.BACKOFF_PER_INDEX),
          get(Size.JOB_DEADLINE),
          false,
          overlaps,
          Optional.empty());
    }
  }

  @Property
  void more_of_anything_never_lowers_the_bound_of_a_job(
      @ForAll("sizes") Sizes sizes,
      @ForAll Size raised,
      @ForAll @LongRange(min = 1, max = 1000) long by) {
    GpuHours before = UpperBound.of(sizes.job(), NVIDIA);
    GpuHours after = UpperBound.of(sizes.raised(raised, by).job(), NVIDIA);

    assertThat(after.getClass()).isEqualTo(before.getClass());
    assertThat(amount(after)).isGreaterThanOrEqualTo(amount(before));
  }

  @Property
  void replacements_that_do_not_wait_never_lower_the_bound_of_a_job(@ForAll("sizes") Sizes sizes) {
    GpuHours waiting = UpperBound.of(new Sizes(sizes.values(), false).job(), NVIDIA);
    GpuHours overlapping = UpperBound.of(new Sizes(sizes.values(), true).job(), NVIDIA);

    assertThat(amount(overlapping)).isGreaterThanOrEqualTo(amount(waiting));
  }

  @Property
  void a_job_that_starts_pods_with_accelerators_is_never_free(@ForAll("sizes") Sizes sizes) {
    assertThat(amount(UpperBound.of(sizes.job(), NVIDIA))).isGreaterThan(Amount.ZERO);
  }

  @Property
  void a_job_is_bounded_exactly_if_a_deadline_ends_it(@ForAll("sizes") Sizes sizes) {
    boolean ends =
        sizes.get(Size.JOB_DEADLINE).isPresent() || sizes.get(Size.POD_DEADLINE).isPresent();

    assertThat(UpperBound.of(sizes.job(), NVIDIA))
        .isInstanceOf(ends ? GpuHours.Bounded.class : GpuHours.Unbounded.class);
  }

  @Property
  void a_pod_costs_exactly_its_devices_for_its_deadline_and_grace(
      @ForAll @LongRange(min = 1, max = 1000) long devices,
      @ForAll @LongRange(min = 1, max = 10_000_000) long deadline,
      @ForAll @LongRange(min = 0, max = 100_000) long grace) {
    Workload pod = new PodWorkload(template(devices, OptionalLong.of(deadline), grace));

    assertThat(amount(UpperBound.of(pod, NVIDIA)).milliSeconds())
        .isEqualTo(devices * (deadline + grace) * 1000);
  }

  @Property
  void serving_costs_its_rate_for_as_long_as_it_is_priced(
      @ForAll @LongRange(min = 1, max = 1000) long devices,
      @ForAll @LongRange(min = 0, max = 10_000) long replicas,
      @ForAll @LongRange(min = 0, max = 10_000) long surge,
      @ForAll @LongRange(min = 0, max = 10_000) long hours) {
    Workload serving =
        new ReplicatedWorkload(
            "Deployment",
            "/spec/replicas",
            template(devices, OptionalLong.empty(), 0),
            replicas,
            "",
            surge);

    assertThat(UpperBound.of(serving, NVIDIA).over(Duration.ofHours(hours)))
        .contains(new Amount(devices * (replicas + surge) * hours * 3_600_000));
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

  private static PodTemplate template(long devices, OptionalLong deadline, long grace) {
    return new PodTemplate(
        "/spec",
        List.of(),
        List.of(new ResourceRequest("nvidia.com/gpu", devices, "/spec/containers/0")),
        List.of(),
        List.of(),
        Map.of(),
        deadline,
        grace);
  }

  private static Amount amount(GpuHours hours) {
    return switch (hours) {
      case GpuHours.Bounded bounded -> bounded.amount();
      case GpuHours.Unbounded unbounded -> unbounded.rate();
      case GpuHours.Unknown unknown -> throw new AssertionError(unknown);
    };
  }
}
