package dev.comptroller.cli.output;

import dev.comptroller.core.gpuhours.GpuHours;
import dev.comptroller.core.gpuhours.Term;
import dev.comptroller.core.workload.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan may consume.
 *
 * @param bound GPU-hours in total, a decimal string; absent where there is no such number
 * @param rate GPU-hours an hour, a decimal string, for what has no end
 * @param reasons why there is no bound
 * @param terms how the result came about
 */
public record GpuHoursReport(
    @Nullable String bound, @Nullable String rate, List<String> reasons, List<Term> terms) {

  /** The report of a result. */
  public static GpuHoursReport of(GpuHours hours) {
    List<String> reasons = hours.reasons().stream().map(GpuHoursReport::sentence).toList();
    return switch (hours) {
      case GpuHours.Bounded bounded ->
          new GpuHoursReport(bounded.amount().toGpuHours(), null, reasons, hours.terms());
      case GpuHours.Unbounded unbounded ->
          new GpuHoursReport(null, unbounded.rate().toGpuHours(), reasons, hours.terms());
      case GpuHours.Unknown unknown -> new GpuHoursReport(null, null, reasons, hours.terms());
    };
  }

  /** The result in a few words. */
  public String summary() {
    if (bound != null) {
      return "at most " + bound;
    }
    return rate != null ? rate + " an hour, without an end" : "unknown";
  }

  private static String sentence(Reason reason) {
    return reason.code()
        + (reason.pointer().isEmpty() ? "" : ": " + reason.pointer())
        + ": found "
        + reason.found()
        + ", required "
        + reason.required();
  }
}
