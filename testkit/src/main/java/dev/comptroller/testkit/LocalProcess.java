package dev.comptroller.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that ends when this Java process ends, however it ends: a shell between them holds a
 * pipe that closes with this process, and then sends SIGTERM.
 */
public final class LocalProcess implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int LOG_TAIL_LINES = 40;

  private static final String SUPERVISOR =
      """
      exec 3<&0
      "$@" 3<&- </dev/null &
      program=$!
      (cat <&3 >/dev/null; kill "$program" 2>/dev/null) &
      exec 3<&-
      trap '' TERM INT
      wait "$program"
      """;

  private final String name;
  private final Process process;
  private final Path log;

  private LocalProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program.
   *
   * @param environment the whole environment of the program but for PATH and HOME, which it
   *     inherits
   * @param log the file that its output is appended to
   */
  public static LocalProcess start(
      String name, List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", SUPERVISOR, name);
    builder.command().addAll(command);
    Map<String, String> variables = builder.environment();
    variables.keySet().retainAll(List.of("PATH", "HOME"));
    variables.putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new LocalProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + name, e);
    }
  }

  public String name() {
    return name;
  }

  /** The file that holds its output. */
  public Path log() {
    return log;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The last lines of its output, for messages about failures. */
  public String logTail() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** Ends the program at once, as a crash would. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    await(GRACE);
  }

  /** Asks the program to end by SIGTERM, waits for it, and ends it by force when it does not. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
    if (!await(GRACE)) {
      kill();
      process.destroyForcibly();
    }
  }

  private boolean await(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
