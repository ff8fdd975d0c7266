package dev.comptroller.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of an image in a folder of this machine, as they will lie in the container. The
 * ahead-of-time cache knows jars by path, size and time, so all three are what they will be there.
 */
final class RootFilesystem {
  /** The time of every file, Jib's own choice. */
  private static final Instant TIME = Instant.EPOCH.plusSeconds(1);

  private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
  private static final FilePermissions FILE = FilePermissions.fromOctalString("644");

  /** Mounts what a Java runtime cannot start without, then changes the root. */
  private static final String ENTER =
      "mount --rbind /proc \"$0/proc\" && exec chroot \"$0\" \"$@\"";

  private final Path folder;

  RootFilesystem(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** Where a path of the image is on this machine. */
  Path resolve(String path) {
    return folder.resolve(path.substring(1));
  }

  /** Copies a file of this machine, links followed. */
  void copy(Path source, String path) throws IOException {
    Path target = resolve(path);
    Files.createDirectories(target.getParent());
    Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    target.toFile().setExecutable(Files.isExecutable(source), false);
  }

  /** Copies a jar of this machine; if it is signed, without its signature. */
  void copyJar(Path source, String path) throws IOException {
    if (UnsignedJar.isNeededFor(source)) {
      Files.createDirectories(resolve(path).getParent());
      UnsignedJar.write(source, resolve(path));
    } else {
      copy(source, path);
    }
  }

  /** Copies all files of another. */
  void copyAll(RootFilesystem other) throws IOException {
    for (Path file : filesBelow(other.folder)) {
      copy(file, "/" + other.folder.relativize(file));
    }
  }

  /** Writes a text file. */
  void write(String path, String text) throws IOException {
    Path target = resolve(path);
    Files.createDirectories(target.getParent());
    Files.writeString(target, text);
  }

  /** Gives every file the time that it has in the container. */
  void setTimes() throws IOException {
    for (Path file : filesBelow(folder)) {
      Files.setLastModifiedTime(file, FileTime.from(TIME));
    }
  }

  /**
   * Runs a program of the image with the image as its root. Root or, where the kernel lets
   * everybody have them, user namespaces are needed.
   */
  void run(List<String> command) throws IOException {
    Path proc = Files.createDirectories(resolve("/proc"));
    List<String> enter =
        List.of("unshare", "--map-root-user", "--mount", "sh", "-c", ENTER, folder.toString());
    try {
      Command.output(Stream.concat(enter.stream(), command.stream()).toList());
    } finally {
      Files.delete(proc);
    }
  }

  /**
   * Files and folders as a layer: owned by root, writable by nobody else, in one order, of one
   * time.
   */
  FileEntriesLayer layer(String name, List<String> paths) throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    for (String path : paths) {
      for (Path file : filesBelow(resolve(path))) {
        layer.addEntry(
            file,
            AbsoluteUnixPath.get("/" + folder.relativize(file)),
            Files.isExecutable(file) ? PROGRAM : FILE,
            TIME,
            "0:0");
      }
    }
    return layer.build();
  }

  private static List<Path> filesBelow(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Those of these paths that exist. */
  List<String> present(List<String> paths) {
    return paths.stream().filter(path -> Files.exists(resolve(path))).toList();
  }

  /** The jars in a folder, not below it. */
  List<String> jarsIn(String path) throws IOException {
    try (Stream<Path> files = Files.list(resolve(path))) {
      return files
          .map(file -> path + "/" + file.getFileName())
          .filter(file -> file.endsWith(".jar"))
          .sorted()
          .toList();
    }
  }
}
