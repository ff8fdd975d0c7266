package dev.comptroller.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads manifests, YAML or JSON, one or many documents, lists included. A key twice is refused, and
 * aliases cannot make a small file large.
 */
public final class ManifestReader {
  private static final int MAX_CHARACTERS = 16 << 20;
  private static final int MAX_ALIASES = 20;

  private ManifestReader() {}

  /**
   * Reads files, and every {@code .yaml}, {@code .yml} and {@code .json} below directories, in the
   * order of their names.
   *
   * @throws InvalidManifestException if a file cannot be read as manifests
   * @throws IOException if a file cannot be read at all
   */
  public static List<KubernetesObject> read(List<Path> paths) throws IOException {
    List<KubernetesObject> objects = new ArrayList<>();
    for (Path path : paths) {
      for (Path file : files(path)) {
        objects.addAll(read(file.toString(), text(file)));
      }
    }
    return List.copyOf(objects);
  }

  /**
   * Reads all objects of a text.
   *
   * @param source what to call the text in messages
   * @throws InvalidManifestException if it cannot be read as manifests
   */
  public static List<KubernetesObject> read(String source, String text) {
    List<KubernetesObject> objects = new ArrayList<>();
    int number = 0;
    for (@Nullable Object document : documents(source, text)) {
      number++;
      if (document != null) {
        String where = source + ", document " + number;
        addObjects(where, json(where, document), objects);
      }
    }
    return List.copyOf(objects);
  }

  /**
   * Reads a text of one YAML or JSON document that is a map, such as a setting.
   *
   * @throws InvalidManifestException if it is anything else
   */
  public static ObjectNode map(String source, String text) {
    List<@Nullable Object> documents = documents(source, text);
    if (documents.size() == 1 && documents.getFirst() instanceof Map<?, ?> map) {
      return object(source, map);
    }
    throw new InvalidManifestException(source, "found no map, required one map of keys to values");
  }

  private static List<@Nullable Object> documents(String source, String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setCodePointLimit(MAX_CHARACTERS)
            .setSchema(new CoreSchema())
            .build();
    List<@Nullable Object> documents = new ArrayList<>();
    try {
      for (Object document : new Load(settings).loadAllFromString(text)) {
        documents.add(document);
      }
    } catch (MarkedYamlEngineException e) {
      String line =
          e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("");
      throw new InvalidManifestException(source, line + e.getProblem());
    } catch (YamlEngineException | StackOverflowError e) {
      throw new InvalidManifestException(source, "cannot be read as YAML: " + e.getMessage());
    }
    return documents;
  }

  private static void addObjects(String where, JsonNode node, List<KubernetesObject> objects) {
    if (!(node instanceof ObjectNode object)) {
      throw new InvalidManifestException(where, "found no map, required a Kubernetes object");
    }
    requireText(where, object, "apiVersion");
    requireText(where, object, "kind");
    if (object.path("kind").textValue().endsWith("List") && object.path("items").isArray()) {
      int item = 0;
      for (JsonNode element : object.path("items")) {
        addObjects(where + ", item " + ++item, element, objects);
      }
      return;
    }
    JsonNode metadata = object.path("metadata");
    if (!metadata.path("name").isTextual() && !metadata.path("generateName").isTextual()) {
      throw new InvalidManifestException(
          where, "found no metadata.name, required the object's name");
    }
    objects.add(new KubernetesObject(object));
  }

  private static void requireText(String where, ObjectNode object, String field) {
    if (!object.path(field).isTextual()) {
      throw new InvalidManifestException(
          where, "found no " + field + ", required text such as v1 or Job");
    }
  }

  private static JsonNode json(String where, @Nullable Object value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (value) {
      case null -> nodes.nullNode();
      case Map<?, ?> map -> object(where, map);
      case List<?> list -> {
        var array = nodes.arrayNode();
        list.forEach(element -> array.add(json(where, element)));
        yield array;
      }
      case String text -> nodes.textNode(text);
      case Boolean flag -> nodes.booleanNode(flag);
      case Integer number -> nodes.numberNode(number);
      case Long number -> nodes.numberNode(number);
      case BigInteger number -> nodes.numberNode(number);
      case Double number when Double.isFinite(number) ->
          nodes.numberNode(new BigDecimal(number.toString()));
      default ->
          throw new InvalidManifestException(
              where, "found a value that JSON does not have, required text, number or boolean");
    };
  }

  private static ObjectNode object(String where, Map<?, ?> map) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw new InvalidManifestException(
                where, "found the key " + key + ", required text: write it in quotes");
          }
          object.set(name, json(where, value));
        });
    return object;
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> below = Files.walk(path)) {
      return below.filter(ManifestReader::isManifest).sorted().toList();
    }
  }

  private static boolean isManifest(Path file) {
    String name = String.valueOf(file.getFileName());
    return Files.isRegularFile(file)
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MAX_CHARACTERS) {
      throw new InvalidManifestException(
          file.toString(), "found more than " + MAX_CHARACTERS + " bytes, required less");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new InvalidManifestException(
          file.toString(), "found bytes that are no UTF-8, required UTF-8");
    }
  }
}
