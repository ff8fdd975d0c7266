package dev.comptroller.core.gpuhours;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The most accelerator-hours a workload may consume, as far as it can be known before it starts.
 */
public sealed interface GpuHours {

  /** How the result came about, one term a step. */
  List<Term> terms();

  /** Why the result is not simply bounded; empty if it is. */
  List<Reason> reasons();

  /**
   * What has to be covered by a tier: the bound, or what serving comes to over the window it is
   * priced for. Empty where there is no such number: nothing is known, or a workload that should
   * end has no clock that ends it.
   *
   * @param servingWindow how long endless serving is priced for
   */
  Optional<Amount> over(Duration servingWindow);

  /** At most this amount. */
  record Bounded(Amount amount, List<Term> terms) implements GpuHours {
    public Bounded {
      terms = List.copyOf(terms);
    }

    @Override
    public List<Reason> reasons() {
      return List.of();
    }

    @Override
    public Optional<Amount> over(Duration servingWindow) {
      return Optional.of(amount);
    }
  }

  /**
   * No clock ends it; at most {@code rate} is held at once.
   *
   * @param rate accelerator-time per hour
   */
  record Unbounded(Amount rate, List<Reason> reasons, List<Term> terms) implements GpuHours {
    public Unbounded {
      reasons = List.copyOf(reasons);
      terms = List.copyOf(terms);
    }

    @Override
    public Optional<Amount> over(Duration servingWindow) {
      boolean serves =
          reasons.stream().allMatch(reason -> reason.code() == Reason.Code.LongRunning);
      return serves ? Optional.of(rate.hourlyOver(servingWindow)) : Optional.empty();
    }
  }

  /** It cannot be priced. */
  record Unknown(List<Reason> reasons, List<Term> terms) implements GpuHours {
    public Unknown {
      reasons = List.copyOf(reasons);
      terms = List.copyOf(terms);
    }

    @Override
    public Optional<Amount> over(Duration servingWindow) {
      return Optional.empty();
    }
  }
}
