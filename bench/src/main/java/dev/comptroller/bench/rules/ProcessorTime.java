package dev.comptroller.bench.rules;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time of the threads that run a benchmark, in microseconds an operation: other programs
 * on the machine lengthen it little. Compiler and garbage collector are not in it.
 */
public final class ProcessorTime implements InternalProfiler {
  /** The name of the result. */
  static final String LABEL = "processor";

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String WORKER = "jmh-worker";
  private static final double NANOS_PER_MICRO = 1000;

  private long before;

  @Override
  public String getDescription() {
    return "processor time of the threads that run the benchmark";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = used();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double micros = (used() - before) / NANOS_PER_MICRO;
    long operations = result.getMetadata().getAllOps();
    return List.of(new ScalarResult(LABEL, micros / operations, "us/op", AggregationPolicy.AVG));
  }

  private static long used() {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(Objects::nonNull)
        .filter(thread -> thread.getThreadName().contains(WORKER))
        .mapToLong(ThreadInfo::getThreadId)
        .map(THREADS::getThreadCpuTime)
        .sum();
  }
}
