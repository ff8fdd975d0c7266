package dev.comptroller.core.gpuhours;

import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.workload.Workload;
import java.util.List;

/** The upper bound of a workload's accelerator-hours. */
public final class UpperBound {
  private UpperBound() {}

  /**
   * The most this workload may consume if its controller behaves: every retry used, every deadline
   * reached, nothing ending early. A suspended workload is priced as if it started now.
   */
  public static GpuHours of(Workload workload, AcceleratorCatalogue catalogue) {
    if (!workload.needsAccelerators(catalogue)) {
      return new GpuHours.Bounded(Amount.ZERO, List.of());
    }
    return new GpuHours.Unknown(
        List.of(
            new Reason(
                Reason.Code.UnpricedKind,
                "",
                workload.kind(),
                "a kind whose GPU-hours are bounded")),
        List.of());
  }
}
