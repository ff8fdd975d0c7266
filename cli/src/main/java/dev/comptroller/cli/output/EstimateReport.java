package dev.comptroller.cli.output;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.gpuhours.Estimate;
import dev.comptroller.core.gpuhours.Explanation;
import dev.comptroller.core.gpuhours.GpuHours;
import dev.comptroller.core.gpuhours.Term;
import dev.comptroller.core.workload.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a workload may consume.
 *
 * @param bound {@code Bounded}, {@code Unbounded} or {@code Unknown}
 * @param gpuHours GPU-hours in all, a decimal string; absent where there is no such number
 * @param rate for what has no end, the weighted accelerators held at once at most, or {@code
 *     unlimited}
 * @param settled GPU-hours at what the workload really got; absent while that is not known
 * @param reasons why it is not plainly bounded, or what somebody has to look at, as codes
 * @param details the same with fields
 * @param terms how the result came about
 */
public record EstimateReport(
    @JsonIgnore String object,
    String bound,
    @Nullable String gpuHours,
    @Nullable String rate,
    @Nullable String settled,
    @JsonInclude(JsonInclude.Include.ALWAYS) List<String> reasons,
    List<Reason> details,
    @JsonInclude(JsonInclude.Include.ALWAYS) List<Term> terms)
    implements Report {
  private static final String UNLIMITED = "unlimited";

  /**
   * The report of an estimate.
   *
   * @param object what to call the workload
   */
  public static EstimateReport of(String object, Estimate estimate) {
    GpuHours hours = estimate.hours();
    return new EstimateReport(
        object,
        bound(hours),
        estimate.total().map(Amount::toGpuHours).orElse(null),
        hours instanceof GpuHours.Unbounded unbounded ? rate(unbounded.rate()) : null,
        estimate.settled().map(Amount::toNearestGpuHours).orElse(null),
        hours.reasons().stream().map(reason -> reason.code().name()).distinct().toList(),
        hours.reasons(),
        hours.terms());
  }

  private static String bound(GpuHours hours) {
    return switch (hours) {
      case GpuHours.Bounded bounded -> "Bounded";
      case GpuHours.Unbounded unbounded -> "Unbounded";
      case GpuHours.Unknown unknown -> "Unknown";
    };
  }

  private static String rate(Amount hourly) {
    return hourly.isSaturated() ? UNLIMITED : hourly.toGpuHours();
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder(object).append('\n');
    line(text, "bound", bound);
    line(text, "GPU-hours", gpuHours == null ? "none can be told" : "at most " + gpuHours);
    if (rate != null) {
      line(text, "rate", rate + " an hour, without an end");
    }
    if (settled != null) {
      line(text, "settled", settled);
    }
    details.forEach(reason -> line(text, "reason", sentence(reason)));
    line(text, "made of", "");
    Explanation.lines(terms).forEach(term -> text.append("    ").append(term).append('\n'));
    return text.toString();
  }

  private static String sentence(Reason reason) {
    return reason.code()
        + (reason.pointer().isEmpty() ? "" : ": " + reason.pointer())
        + ": found "
        + reason.found()
        + ", required "
        + reason.required();
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append("  %-12s %s".formatted(label, value).stripTrailing()).append('\n');
  }
}
