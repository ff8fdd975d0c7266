package dev.comptroller.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process uses, by the kernel's account (Linux only).
 *
 * @param processor time in all its threads since its start, user and system
 * @param resident memory now, in bytes
 * @param mostResident memory at most since its start, in bytes
 */
record ProcessUsage(Duration processor, long resident, long mostResident) {
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final Pattern MOST_RESIDENT = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

  /** Linux tells processor time in hundredths of a second, whatever the machine. */
  private static final long TICK_MILLIS = 10;

  /** User and system time are the 14th and 15th field; the second, in brackets, may have spaces. */
  private static final int FIELDS_BEFORE_TIMES = 11;

  static ProcessUsage of(ProcessHandle process) {
    Path folder = Path.of("/proc", Long.toString(process.pid()));
    try {
      return of(
          Files.readString(folder.resolve("stat")), Files.readString(folder.resolve("status")));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read what process " + process.pid() + " uses", e);
    }
  }

  /** From the contents of {@code /proc/PID/stat} and {@code /proc/PID/status}. */
  static ProcessUsage of(String stat, String status) {
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" "));
    long ticks =
        Long.parseLong(fields.get(FIELDS_BEFORE_TIMES))
            + Long.parseLong(fields.get(FIELDS_BEFORE_TIMES + 1));
    return new ProcessUsage(
        Duration.ofMillis(ticks * TICK_MILLIS),
        kilobytes(RESIDENT, status),
        kilobytes(MOST_RESIDENT, status));
  }

  private static long kilobytes(Pattern pattern, String status) {
    Matcher matcher = pattern.matcher(status);
    if (!matcher.find()) {
      throw new IllegalStateException("/proc/PID/status: found no line like " + pattern);
    }
    return Long.parseLong(matcher.group(1)) * 1024;
  }
}
