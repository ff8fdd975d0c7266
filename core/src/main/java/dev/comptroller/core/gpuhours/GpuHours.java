package dev.comptroller.core.gpuhours;

import java.util.List;

/**
 * The most accelerator-hours a workload may consume, as far as it can be known before it starts.
 */
public sealed interface GpuHours {

  /** How the result came about, one term a step. */
  List<Term> terms();

  /** At most this amount. */
  record Bounded(Amount amount, List<Term> terms) implements GpuHours {
    public Bounded {
      terms = List.copyOf(terms);
    }
  }

  /**
   * No clock ends it; at most {@code rate} is held at once.
   *
   * @param rate accelerator-time per hour
   */
  record Unbounded(Amount rate, List<String> reasons, List<Term> terms) implements GpuHours {
    public Unbounded {
      reasons = List.copyOf(reasons);
      terms = List.copyOf(terms);
    }
  }

  /** It cannot be priced. */
  record Unknown(List<String> reasons, List<Term> terms) implements GpuHours {
    public Unknown {
      reasons = List.copyOf(reasons);
      terms = List.copyOf(terms);
    }
  }
}
