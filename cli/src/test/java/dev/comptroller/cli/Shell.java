package dev.comptroller.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Runs the command line in a folder, at one point in time, without any cluster. */
final class Shell {
  static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  static final String CLUSTER = "4f1e8f3e-0d5c-4d0a-9a57-6f0a1d1b2c3d";

  private static final Set<String> FILE_OPTIONS =
      Set.of("-f", "--key", "--to", "--policy", "--view", "--old", "--kubeconfig");

  private static final Pattern WORD = Pattern.compile("[\"']([^\"']*)[\"']|(\\S+)");

  private final Path folder;
  private final Instant now;

  Shell(Path folder) {
    this(folder, NOW);
  }

  private Shell(Path folder, Instant now) {
    this.folder = folder;
    this.now = now;
  }

  /** What a command left behind. */
  record Result(int exitCode, String out, String err) {}

  /** The same folder at another time. */
  Shell at(Instant time) {
    return new Shell(folder, time);
  }

  /** Runs a command; names after options that take files are looked up in the folder. */
  Result run(String... arguments) {
    return runWithInput("", arguments);
  }

  Result runWithInput(String input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            Clock.fixed(now, ZoneOffset.UTC),
            Map.of());
    int exitCode = KubectlComptroller.commandLine(console).execute(inFolder(arguments));
    return new Result(exitCode, out.toString(), err.toString());
  }

  /** Runs a command that has to end well, and returns its result. */
  String runWell(String... arguments) {
    Result result = run(arguments);
    if (result.exitCode != 0) {
      throw new AssertionError(String.join(" ", arguments) + "\n" + result);
    }
    return result.out;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  String read(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Shell write(String name, String content) {
    try {
      Files.createDirectories(path(name).getParent());
      Files.writeString(path(name), content);
      return this;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The arguments of a command line that names this program, as a shell takes them apart. */
  static String[] words(String commandLine) {
    List<String> words =
        WORD.matcher(commandLine)
            .results()
            .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
            .toList();
    if (!words.getFirst().equals("kubectl-comptroller")) {
      throw new AssertionError(commandLine);
    }
    return words.subList(1, words.size()).toArray(String[]::new);
  }

  /** Makes the keys of alice and bob. */
  Shell withKeys() {
    runWell("keygen", "--to", "alice");
    runWell("keygen", "--to", "bob", "--algorithm", "ed25519");
    return this;
  }

  private String[] inFolder(String... arguments) {
    String[] placed = Arrays.copyOf(arguments, arguments.length);
    for (int i = 1; i < placed.length; i++) {
      if (FILE_OPTIONS.contains(placed[i - 1]) && !placed[i].equals("-")) {
        placed[i] = path(placed[i]).toString();
      }
    }
    return placed;
  }
}
