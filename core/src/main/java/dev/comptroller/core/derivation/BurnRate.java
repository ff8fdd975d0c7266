package dev.comptroller.core.derivation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Alerts on how fast an error budget is spent, over a long window and, so that they end with the
 * trouble, a short one too.
 *
 * @param budget part of requests that may fail, above 0 and below 1
 * @param period time the objective holds over
 */
record BurnRate(BigDecimal budget, Duration period) {

  /**
   * One pair of windows.
   *
   * @param spent part of the period's budget that is gone when it fires
   */
  private record Windows(String severity, String spent, Duration over, Duration recently) {}

  private static final List<Windows> WINDOWS =
      List.of(
          new Windows("page", "0.02", Duration.ofHours(1), Duration.ofMinutes(5)),
          new Windows("page", "0.05", Duration.ofHours(6), Duration.ofMinutes(30)),
          new Windows("ticket", "0.10", Duration.ofDays(1), Duration.ofHours(2)),
          new Windows("ticket", "0.10", Duration.ofDays(3), Duration.ofHours(6)));

  /** Windows over which the ratio of failed requests has to be recorded. */
  static List<String> windows() {
    return WINDOWS.stream()
        .flatMap(pair -> Stream.of(pair.recently(), pair.over()))
        .distinct()
        .sorted()
        .map(BurnRate::written)
        .toList();
  }

  /**
   * When to alert with this severity, as PromQL; empty if no pair of windows can tell. A pair is
   * left out where even a total failure would not reach it, or where it would fire within budget.
   *
   * @param ratio the recorded ratio of failed requests over a window
   */
  String expression(String severity, UnaryOperator<String> ratio) {
    List<String> pairs = new ArrayList<>();
    for (Windows pair : WINDOWS) {
      BigDecimal factor = factor(pair);
      BigDecimal limit = factor.multiply(budget);
      if (pair.severity().equals(severity)
          && factor.compareTo(BigDecimal.ONE) >= 0
          && limit.compareTo(BigDecimal.ONE) < 0) {
        String above = " > " + limit.stripTrailingZeros().toPlainString();
        pairs.add(
            Stream.of(pair.recently(), pair.over())
                .map(window -> ratio.apply(written(window)) + above)
                .collect(Collectors.joining(" and ", "(", ")")));
      }
    }
    return String.join(" or ", pairs);
  }

  private BigDecimal factor(Windows pair) {
    return new BigDecimal(pair.spent())
        .multiply(BigDecimal.valueOf(period.toSeconds()))
        .divide(BigDecimal.valueOf(pair.over().toSeconds()), MathContext.DECIMAL64)
        .setScale(3, RoundingMode.HALF_UP);
  }

  private static String written(Duration window) {
    if (window.toDays() > 0) {
      return window.toDays() + "d";
    }
    return window.toHours() > 0 ? window.toHours() + "h" : window.toMinutes() + "m";
  }
}
