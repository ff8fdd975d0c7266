package dev.comptroller.cli;

import dev.comptroller.cluster.InvalidManifestException;
import dev.comptroller.cluster.ManifestReader;
import dev.comptroller.core.object.KubernetesObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the files of a command line hold; {@code -} is standard input. */
final class Inputs {
  private static final String STANDARD_INPUT = "-";

  private Inputs() {}

  /** The text of one file. */
  static String text(String file, Console console) throws IOException {
    try {
      return file.equals(STANDARD_INPUT)
          ? new String(console.in().readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (CharacterCodingException e) {
      throw new InvalidManifestException(file, "found bytes that are no UTF-8, required UTF-8");
    }
  }

  /** What to call a file in messages. */
  static String name(String file) {
    return file.equals(STANDARD_INPUT) ? "standard input" : file;
  }

  /** All objects of files and directories. */
  static List<KubernetesObject> objects(List<String> files, Console console) throws IOException {
    List<KubernetesObject> objects = new ArrayList<>();
    for (String file : files) {
      objects.addAll(
          file.equals(STANDARD_INPUT)
              ? ManifestReader.read(name(file), text(file, console))
              : ManifestReader.read(List.of(Path.of(file))));
    }
    return List.copyOf(objects);
  }
}
