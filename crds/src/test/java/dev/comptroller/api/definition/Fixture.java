package dev.comptroller.api.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object that the API server must accept ({@code valid-*.yaml}, the object itself) or refuse
 * ({@code invalid-*.yaml}: a valid {@code base}, the {@code change} that spoils it as a merge
 * patch, and the message).
 *
 * @param file folder, named like the kind, and file name
 * @param base the valid object
 * @param change what is changed in it, absent where the object is valid
 * @param update whether the base exists and the change is an update; otherwise the changed object
 *     is created
 * @param message part of the refusal
 */
record Fixture(
    Path file, JsonNode base, @Nullable JsonNode change, boolean update, String message) {
  private static final Path FOLDER = Path.of("src/test/resources/fixtures");
  private static final ObjectMapper YAML = new YAMLMapper();

  static List<Fixture> valid() {
    return files("valid-").map(file -> new Fixture(file, read(file), null, false, "")).toList();
  }

  static List<Fixture> invalid() {
    return files("invalid-").map(Fixture::invalid).toList();
  }

  /** The object with the change. */
  JsonNode changed() {
    return change == null ? base : merge(base.deepCopy(), change);
  }

  String folder() {
    return file.getName(0).toString();
  }

  private static Fixture invalid(Path file) {
    JsonNode content = read(file);
    return new Fixture(
        file,
        read(file.resolveSibling(content.required("base").asText())),
        content.required("change"),
        content.path("update").asBoolean(),
        content.required("expectFailureMessageToContain").asText());
  }

  private static Stream<Path> files(String prefix) {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .map(FOLDER::relativize)
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return YAML.readTree(FOLDER.resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }

  /** A JSON merge patch, as RFC 7386 has it. */
  private static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode merged = target instanceof ObjectNode object ? object : YAML.createObjectNode();
    for (var change : changes.properties()) {
      if (change.getValue().isNull()) {
        merged.remove(change.getKey());
      } else {
        merged.set(change.getKey(), merge(merged.path(change.getKey()), change.getValue()));
      }
    }
    return merged;
  }
}
