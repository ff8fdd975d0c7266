package dev.comptroller.bench.load;

import dev.comptroller.testkit.install.LocalDeployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of our programs while it runs, seen from outside. */
final class JavaProcess {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

  private final LocalDeployment deployment;
  private final ProcessHandle process;
  private final long logStart;

  /**
   * The program that a deployment runs now; what its log has so far is left out of what is counted.
   */
  JavaProcess(LocalDeployment deployment) {
    this.deployment = deployment;
    this.process = deployment.program();
    this.logStart = logSize();
  }

  ProcessUsage usage() {
    return ProcessUsage.of(process);
  }

  /** Of the garbage collector, since this was made. */
  CollectorPauses pauses() {
    try (var log = Files.newByteChannel(deployment.log())) {
      byte[] bytes = Channels.newInputStream(log.position(logStart)).readAllBytes();
      return CollectorPauses.in(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + deployment.log(), e);
    }
  }

  /** Bytes of the objects that are in use, after a full collection. */
  long liveHeap() {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process histogram =
          new ProcessBuilder(
                  List.of(tool.toString(), Long.toString(process.pid()), "GC.class_histogram"))
              .redirectErrorStream(true)
              .start();
      String output = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher total = TOTAL.matcher(output);
      if (histogram.waitFor() != 0 || !total.find()) {
        throw new IllegalStateException("jcmd: found \"" + output + "\", required a line Total");
      }
      return Long.parseLong(total.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot ask for the objects of " + deployment.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Processors that were busy for it between two readings, so long apart. */
  static double processors(ProcessUsage before, ProcessUsage after, Duration apart) {
    return (double) after.processor().minus(before.processor()).toMillis() / apart.toMillis();
  }

  private long logSize() {
    try {
      return Files.size(deployment.log());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + deployment.log(), e);
    }
  }
}
