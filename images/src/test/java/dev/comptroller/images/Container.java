package dev.comptroller.images;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Runs programs of an unpacked image as a container runtime would, without one: the image is the
 * root, read-only, with /proc, /dev and a fresh /tmp; the user is the image's. Needs root or user
 * namespaces.
 *
 * @param image the image
 * @param shared folder of this machine that the program sees at the same path, with its rights
 */
record Container(UnpackedImage image, Path shared) {
  private static final String MOUNTS =
      """
      mount --bind "$1" "$1"
      mount -o remount,bind,ro "$1"
      mount --rbind /proc "$1/proc"
      mount --rbind /dev "$1/dev"
      mount -t tmpfs -o mode=1777 tmpfs "$1/tmp"
      mkdir -p "$1$2" # only below /tmp is it missing
      mount --bind "$2" "$1$2"
      shift 2
      exec "$@"
      """;

  Container {
    shared = shared.toAbsolutePath();
    shared.toFile().setWritable(true, false);
    shared.toFile().setReadable(true, false);
    shared.toFile().setExecutable(true, false);
    for (String point : List.of("/proc", "/dev", "/tmp", shared.toString())) {
      try {
        Files.createDirectories(image.root().resolve(point.substring(1)));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot create mount point " + point, e);
      }
    }
  }

  /** Skips a test where containers cannot be imitated. */
  static void assumePossible() throws IOException, InterruptedException {
    assumeTrue(
        new ProcessBuilder("unshare", "--map-root-user", "--mount", "true").start().waitFor() == 0,
        "skipped: images run in tests only with root or user namespaces");
  }

  /** What runs the image's own entry point with these arguments. */
  List<String> entrypoint(String... arguments) {
    List<String> program = new ArrayList<>(image.entrypoint());
    program.addAll(List.of(arguments));
    return command(program);
  }

  /** What runs a program of the image. */
  List<String> command(List<String> program) {
    String root = image.root().toAbsolutePath().toString();
    boolean isRoot = isRoot();
    List<String> command = new ArrayList<>(List.of("unshare"));
    if (!isRoot) {
      command.add("--map-root-user");
    }
    command.addAll(List.of("--mount", "sh", "-euc", MOUNTS, "sh", root, shared.toString()));
    command.addAll(List.of("env", "--unset=HOME"));
    command.addAll(image.environment());
    String[] user = image.user().split(":", -1);
    command.addAll(
        isRoot
            ? List.of(found("chroot"), "--userspec=" + image.user(), root)
            // The image's user, where only one user of this machine may be mapped.
            : List.of(
                found("unshare"),
                "--user",
                "--map-user=" + user[0],
                "--map-group=" + user[1],
                "--root=" + root,
                "--wd=/"));
    command.addAll(program);
    return List.copyOf(command);
  }

  /** Runs a command to its end. */
  static Result run(List<String> command, String... variables) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    // A container sees nothing of this machine's environment; PATH finds what imitates one.
    builder.environment().keySet().retainAll(Set.of("PATH"));
    for (String variable : variables) {
      String[] pair = variable.split("=", 2);
      builder.environment().put(pair[0], pair[1]);
    }
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  /**
   * How a command ended.
   *
   * @param exitCode 0 for success
   * @param output all that it printed
   */
  record Result(int exitCode, String output) {}

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String found(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(program + " is not on PATH"))
        .toString();
  }
}
