package dev.comptroller.bench.load;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Pauses of the garbage collector, as {@code -Xlog:gc} writes them.
 *
 * @param milliseconds each of them
 */
record CollectorPauses(List<Double> milliseconds) {
  private static final Pattern PAUSE =
      Pattern.compile("\\[gc\\s*] GC\\(\\d+\\) Pause .* (\\d+\\.\\d+)ms");

  CollectorPauses {
    milliseconds = List.copyOf(milliseconds);
  }

  /** The pauses that a log tells of. */
  static CollectorPauses in(String log) {
    return new CollectorPauses(
        PAUSE.matcher(log).results().map(pause -> Double.parseDouble(pause.group(1))).toList());
  }

  int count() {
    return milliseconds.size();
  }

  double longest() {
    return milliseconds.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  double total() {
    return milliseconds.stream().mapToDouble(Double::doubleValue).sum();
  }
}
