package dev.comptroller.images;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The class path of a program as {@code package} leaves it, its own jar first.
 *
 * @param ours jars of this project
 * @param libraries all others
 */
record ApplicationJars(List<Path> ours, List<Path> libraries) {

  /**
   * The jars of a module.
   *
   * @throws IllegalStateException if it is not packaged
   */
  static ApplicationJars of(Path checkout, String module) throws IOException {
    Path target = checkout.resolve(module).resolve("target");
    Path classpath = target.resolve("classpath.txt");
    Path jar = target.resolve(module + ".jar");
    if (!Files.isRegularFile(classpath) || !Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "Module " + module + " is not packaged (" + jar + "); run 'mvn package' first.");
    }
    List<Path> ours = new ArrayList<>(List.of(jar));
    List<Path> libraries = new ArrayList<>();
    for (String entry : Files.readString(classpath).strip().split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      (path.startsWith(checkout) ? ours : libraries).add(path);
    }
    return new ApplicationJars(ours, libraries);
  }

  ApplicationJars {
    ours = List.copyOf(ours);
    libraries = List.copyOf(libraries);
    Set<Path> names = new HashSet<>();
    for (List<Path> jars : Arrays.asList(ours, libraries)) {
      for (Path jar : jars) {
        if (!names.add(jar.getFileName())) {
          throw new IllegalStateException("Two jars are named " + jar.getFileName());
        }
      }
    }
  }

  /** The class path in the image. */
  String classpath() {
    List<String> entries = new ArrayList<>();
    ours.forEach(jar -> entries.add("/app/" + jar.getFileName()));
    libraries.forEach(jar -> entries.add("/app/lib/" + jar.getFileName()));
    return String.join(":", entries);
  }
}
