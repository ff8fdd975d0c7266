package dev.comptroller.bench.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.core.gpuhours.GpuHours;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.CommandLineOptions;

class BenchmarksTest {
  /** Processor time, median, 99 % and allocation. */
  private static final String MEASURED =
      "\\| [1-9][0-9]*\\.[0-9] \\| [0-9.]+ \\| [0-9.]+ \\| [1-9][0-9]*\\.[0-9] \\|";

  @Test
  void every_benchmark_runs_and_has_a_row_in_the_table() throws Exception {
    Collection<RunResult> results =
        Benchmarks.run(
            new CommandLineOptions(
                "-f", "0", "-wi", "0", "-i", "1", "-r", "1ms", "-foe", "true", "-v", "SILENT"));

    int bounds = Subject.values().length * Cluster.values().length;
    int reviews = 2;
    assertThat(results).hasSize(bounds + Subject.values().length + reviews);
    assertThat(Table.of(results).lines())
        .hasSize(2 + results.size())
        .anyMatch(row -> row.matches("\\| bound \\| JOB_SET_OF_64 \\| LARGE " + MEASURED))
        .anyMatch(row -> row.matches("\\| review \\| SIGNED_RUN \\|  " + MEASURED))
        .anyMatch(row -> row.matches("\\| parse \\| RAY_JOB \\|  " + MEASURED));
  }

  @ParameterizedTest
  @CsvSource({
    "JOB, SMALL, 768.8",
    "SHARED_GPU_JOB, LARGE, 24.025",
    "RAY_JOB, LARGE, 17060.267",
    "POD_WITH_8_CLAIMS, SMALL, 192.067",
    "POD_WITH_8_CLAIMS, LARGE, 192.067",
    "JOB_SET_OF_64, SMALL, 393625.6",
  })
  void what_is_measured_has_its_bound(Subject subject, Cluster cluster, String gpuHours) {
    assertThat(bound(subject, cluster))
        .isInstanceOfSatisfying(
            GpuHours.Bounded.class,
            bounded -> assertThat(bounded.amount().toGpuHours()).isEqualTo(gpuHours));
  }

  @ParameterizedTest
  @CsvSource({"SMALL, 3", "LARGE, 10"})
  void an_autoscaler_counts_for_what_it_scales(Cluster cluster, String gpuHours) {
    assertThat(bound(Subject.DEPLOYMENT, cluster))
        .isInstanceOfSatisfying(
            GpuHours.Unbounded.class,
            unbounded -> assertThat(unbounded.rate().toGpuHours()).isEqualTo(gpuHours));
  }

  @ParameterizedTest
  @CsvSource({"SIGNED_RUN, true", "UNSIGNED_RUN, false"})
  void what_is_reviewed_has_its_verdict(String subject, boolean allowed) throws Exception {
    ReviewBenchmark benchmark = new ReviewBenchmark();
    benchmark.subject = subject;
    benchmark.prepare();

    assertThat(new String(benchmark.review(), StandardCharsets.UTF_8))
        .contains("\"allowed\":" + allowed);
  }

  private static GpuHours bound(Subject subject, Cluster cluster) {
    UpperBoundBenchmark benchmark = new UpperBoundBenchmark();
    benchmark.subject = subject;
    benchmark.cluster = cluster;
    benchmark.prepare();
    return benchmark.bound();
  }
}
