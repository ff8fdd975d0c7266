package dev.comptroller.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The loader and the C library of this machine that a Java runtime needs.
 *
 * @param paths where the loader looks for them, links not followed
 * @param version the C library as its own {@code ldd} names it, such as {@code ldd (Debian GLIBC
 *     2.36-9+deb12u14) 2.36}
 */
record SystemLibraries(SortedSet<Path> paths, String version) {
  /** {@code libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x...)}, the loader without the arrow. */
  private static final Pattern NEEDED =
      Pattern.compile("^\\s*(?:\\S+ => )?(/\\S+) \\(0x", Pattern.MULTILINE);

  /** What the programs and libraries of a Java runtime are linked against, beside each other. */
  static SystemLibraries neededBy(Path runtime) throws IOException {
    SortedSet<Path> paths = new TreeSet<>();
    try (Stream<Path> files = Files.walk(runtime)) {
      for (Path file : files.filter(SystemLibraries::isLinked).sorted().toList()) {
        Matcher needed = NEEDED.matcher(Command.output(List.of("ldd", file.toString())));
        while (needed.find()) {
          Path path = Path.of(needed.group(1)).normalize();
          if (!path.startsWith(runtime)) {
            paths.add(path);
          }
        }
      }
    }
    if (paths.isEmpty()) {
      throw new IllegalStateException("ldd names no library that " + runtime + " needs");
    }
    return new SystemLibraries(
        paths, Command.output(List.of("ldd", "--version")).lines().findFirst().orElseThrow());
  }

  private static boolean isLinked(Path file) {
    return Files.isRegularFile(file)
        && (file.endsWith("bin/java") || file.getFileName().toString().endsWith(".so"));
  }
}
