package dev.comptroller.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the cache with which a program starts with its classes already read, checked and laid out.
 *
 * <p>Its classes are those of a recorded list, which is a source of the build: what a run loads
 * differs from run to run by a few classes, and so would the image. For the same reason it is made
 * by {@code -Xshare:dump}: {@code -XX:AOTMode=create} writes other bytes each time.
 */
final class AheadOfTimeCache {
  private static final String LIST = "/classes.list";

  private AheadOfTimeCache() {}

  /** Adds the cache of a program to the files of its image. */
  static void addTo(RootFilesystem root, Program program, String classpath) throws IOException {
    root.write(LIST, recorded(program));
    try {
      List<String> command = new ArrayList<>(List.of("/opt/java/bin/java"));
      command.addAll(
          program.javaOptions().stream().filter(AheadOfTimeCache::concernsDump).toList());
      command.addAll(
          List.of(
              // The machine's memory would decide where the heap is, and that is part of the cache.
              "-Xmx128m",
              "-Xshare:dump",
              "-XX:SharedClassListFile=" + LIST,
              "-XX:SharedArchiveFile=" + program.cache(),
              "-cp",
              classpath));
      root.run(command);
    } finally {
      Files.delete(root.resolve(LIST));
    }
  }

  private static boolean concernsDump(String option) {
    return option.endsWith("GC");
  }

  private static String recorded(Program program) throws IOException {
    String name = program.id() + ".classes";
    try (InputStream list = AheadOfTimeCache.class.getResourceAsStream(name)) {
      if (list == null) {
        throw new IllegalStateException(
            "No classes are recorded for " + program.id() + "; run hack/images record");
      }
      return new String(list.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
