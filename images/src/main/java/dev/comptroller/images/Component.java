package dev.comptroller.images;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something in an image that no jar brought along.
 *
 * @param type of CycloneDX: {@code platform}, {@code library}, {@code application}, {@code file}
 * @param purl package URL, unless there is none for its kind
 * @param digest digest of its file, where it is one file
 * @param parts what it holds itself
 */
record Component(
    String type,
    String name,
    String version,
    Optional<String> purl,
    Optional<Digest> digest,
    List<Component> parts) {

  Component {
    parts = List.copyOf(parts);
  }

  /** The Java runtime with its modules. */
  static Component java(List<String> modules) {
    String version = System.getProperty("java.runtime.version");
    return new Component(
        "platform",
        "Java runtime of " + System.getProperty("java.vendor"),
        version,
        Optional.empty(),
        Optional.empty(),
        modules.stream()
            .map(
                module ->
                    new Component(
                        "library", module, version, Optional.empty(), Optional.empty(), List.of()))
            .toList());
  }

  /** The loader and the C library. */
  static List<Component> libraries(SystemLibraries libraries) throws IOException {
    List<Component> components = new ArrayList<>();
    for (Path library : libraries.paths()) {
      components.add(
          new Component(
              "file",
              library.toString(),
              libraries.version(),
              Optional.empty(),
              Optional.of(Digest.of(Files.readAllBytes(library))),
              List.of()));
    }
    return List.copyOf(components);
  }

  /** A Go program with the modules that it was built from, as it tells itself. */
  static Component goProgram(Path program) throws IOException {
    List<Component> modules = new ArrayList<>();
    for (String line :
        Command.output(List.of("go", "version", "-m", program.toString())).lines().toList()) {
      String[] words = line.strip().split("\\s+", -1);
      switch (words[0]) {
        case "mod", "dep" -> modules.add(goModule(words[1], words[2]));
        case "=>" -> modules.set(modules.size() - 1, goModule(words[1], words[2]));
        default -> {}
      }
    }
    if (modules.isEmpty()) {
      throw new IllegalStateException(program + " does not tell what modules it was built from");
    }
    Component main = modules.removeFirst();
    return new Component(
        "application",
        main.name(),
        main.version(),
        main.purl(),
        Optional.of(Digest.of(Files.readAllBytes(program))),
        modules);
  }

  private static Component goModule(String name, String version) {
    return new Component(
        "library",
        name,
        version,
        Optional.of("pkg:golang/" + name + "@" + version),
        Optional.empty(),
        List.of());
  }

  /** As CycloneDX has it. */
  ObjectNode toCycloneDx() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", type).put("name", name);
    if (!version.isEmpty()) {
      json.put("version", version);
    }
    digest.ifPresent(
        sum -> json.putArray("hashes").addObject().put("alg", "SHA-256").put("content", sum.hex()));
    purl.ifPresent(url -> json.put("purl", url));
    if (!parts.isEmpty()) {
      var components = json.putArray("components");
      parts.forEach(part -> components.add(part.toCycloneDx()));
    }
    return json;
  }
}
