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
 * pipe that closes with this process, and then sends SIGTERM, and SIGKILL to what ignores that.
 */
public final class LocalProcess implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** For the shell, which counts seconds and is no more precise. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  private static final int KILLED = 128 + 9;
  private static final int LOG_TAIL_LINES = 40;

  private static final String SUPERVISOR =
      """
      exec 3<&0
      "$@" 3<&- </dev/null &
      program=$!
      (
        read -r _ <&3
        kill "$program"
        for _ in $(seq "$GRACE_SECONDS"); do sleep 1; done
        echo "$0 did not end within $GRACE_SECONDS s of SIGTERM and is killed"
        kill -9 "$program"
      ) &
      watch=$!
      exec 3<&-
      trap '' TERM INT
      wait "$program"
      status=$?
      kill -9 "$watch"
      exit "$status"
      """;

  private final String name;
  private final Process process;
  private final Path executable;
  private final Path log;
  private final Duration grace;

  private LocalProcess(String name, Process process, Path executable, Path log, Duration grace) {
    this.name = name;
    this.process = process;
    this.executable = executable;
    this.log = log;
    this.grace = grace;
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
    return start(name, command, environment, log, GRACE);
  }

  /** Starts a program that has this long to end, in whole seconds, once it is told to. */
  static LocalProcess start(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path log,
      Duration grace) {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", SUPERVISOR, name);
    builder.command().addAll(command);
    Map<String, String> variables = builder.environment();
    variables.keySet().retainAll(List.of("PATH", "HOME"));
    variables.putAll(environment);
    variables.put("GRACE_SECONDS", Long.toString(grace.toSeconds()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new LocalProcess(name, builder.start(), Path.of(command.getFirst()), log, grace);
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

  /**
   * The program itself.
   *
   * @throws IllegalStateException if it does not run
   */
  public ProcessHandle program() {
    return process
        .children()
        .filter(child -> child.info().command().filter(this::isProgram).isPresent())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " does not run:\n" + logTail()));
  }

  private boolean isProgram(String file) {
    try {
      return Files.isSameFile(Path.of(file), executable);
    } catch (IOException e) {
      return false;
    }
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
    await(grace);
  }

  /**
   * Asks the program to end by SIGTERM and waits for it.
   *
   * @throws IllegalStateException if it did not and was killed
   */
  @Override
  public void close() {
    if (!process.isAlive()) {
      return;
    }
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot end " + name, e);
    }
    if (!await(grace.plus(SLACK)) || process.exitValue() == KILLED) {
      kill();
      throw new IllegalStateException(name + " did not end when told to:\n" + logTail());
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
