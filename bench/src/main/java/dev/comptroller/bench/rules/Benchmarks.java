package dev.comptroller.bench.rules;

import java.io.IOException;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks and prints a table on standard output, and progress on standard error.
 * Arguments are those of JMH.
 */
public final class Benchmarks {
  private Benchmarks() {}

  /** The program. */
  public static void main(String[] arguments)
      throws RunnerException, CommandLineOptionException, IOException {
    CommandLineOptions given = new CommandLineOptions(arguments);
    if (given.shouldHelp()) {
      given.showHelp();
      return;
    }
    System.out.print(Table.of(run(given)));
  }

  /** Runs what the arguments choose, everything where they choose nothing. */
  static Collection<RunResult> run(CommandLineOptions given) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .parent(given)
                .forks(given.getForkCount().orElse(1))
                .warmupIterations(given.getWarmupIterations().orElse(4))
                .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(3)))
                .measurementIterations(given.getMeasurementIterations().orElse(3))
                .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(2)))
                .addProfiler(GCProfiler.class)
                .addProfiler(ProcessorTime.class)
                .jvmArgsAppend("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC")
                .build(),
            OutputFormatFactory.createFormatInstance(
                System.err, given.verbosity().orElse(VerboseMode.NORMAL)))
        .run();
  }
}
