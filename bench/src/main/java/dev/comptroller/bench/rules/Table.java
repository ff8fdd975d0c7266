package dev.comptroller.bench.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Results of the benchmarks as a table in Markdown. */
final class Table {
  private static final String HEAD =
      """
      | benchmark | of | in a cluster | processor, us | median, us | 99 %, us | allocated, kB |
      |---|---|---|---:|---:|---:|---:|
      """;

  private Table() {}

  static String of(Collection<RunResult> results) {
    return results.stream()
        .sorted(
            Comparator.comparing(Table::benchmark)
                .thenComparing(result -> parameter(result, "cluster"))
                .thenComparing(result -> parameter(result, "subject")))
        .map(Table::row)
        .collect(Collectors.joining("", HEAD, ""));
  }

  private static String row(RunResult result) {
    Result<?> time = result.getPrimaryResult();
    return Stream.of(
            benchmark(result),
            parameter(result, "subject"),
            parameter(result, "cluster"),
            profiled(result, ProcessorTime.LABEL, 1),
            number(time.getStatistics().getPercentile(50)),
            number(time.getStatistics().getPercentile(99)),
            profiled(result, "gc.alloc.rate.norm", 1000))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String benchmark(RunResult result) {
    return result.getPrimaryResult().getLabel();
  }

  private static String parameter(RunResult result, String name) {
    String value = result.getParams().getParam(name);
    return value == null ? "" : value;
  }

  private static String profiled(RunResult result, String label, int unit) {
    Result<?> found = result.getSecondaryResults().get(label);
    return found == null ? "" : number(found.getScore() / unit);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
