package dev.comptroller.core.gpuhours;

import dev.comptroller.core.workload.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The most accelerator-hours a workload may consume, as far as it can be known before it starts.
 */
public sealed interface GpuHours {

  /** How the result came about, one term a step. */
  List<Term> terms();

  /** Why the result is not simply bounded, and what somebody has to look at. */
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
  record Bounded(Amount amount, List<Reason> reasons, List<Term> terms) implements GpuHours {
    public Bounded {
      reasons = List.copyOf(reasons);
      terms = List.copyOf(terms);
    }

    @Override
    public Optional<Amount> over(Duration servingWindow) {
      return Optional.of(amount);
    }
  }

  /**
   * No clock ends it; at most {@code rate} is held at once.
   *
   * @param rate accelerator-time per hour; saturated if it has no limit
   */
  record Unbounded(Amount rate, List<Reason> reasons, List<Term> terms) implements GpuHours {
    public Unbounded {
      reasons = List.copyOf(reasons);
      terms = List.copyOf(terms);
    }

    @Override
    public Optional<Amount> over(Duration servingWindow) {
      boolean shouldEnd =
          reasons.stream().anyMatch(reason -> reason.code().effect() == Reason.Effect.ENDLESS);
      return shouldEnd ? Optional.empty() : Optional.of(rate.hourlyOver(servingWindow));
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
