package dev.comptroller.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Objects that tests start from, as a user would write them. */
final class Manifests {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Manifests() {}

  /** A new copy of a file in {@code manifests/}. */
  static ObjectNode read(String name) {
    try (InputStream file =
        Objects.requireNonNull(
            Manifests.class.getResourceAsStream("/manifests/" + name + ".yaml"), name)) {
      return (ObjectNode) YAML.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read manifest " + name, e);
    }
  }

  /** Parses YAML written in a test. */
  static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy in which the member at a JSON pointer has this YAML value. */
  static ObjectNode with(ObjectNode object, String pointer, String yaml) {
    ObjectNode copy = object.deepCopy();
    int last = pointer.lastIndexOf('/');
    JsonNode parent = copy.at(pointer.substring(0, last));
    String member = pointer.substring(last + 1).replace("~1", "/").replace("~0", "~");
    if (parent.isArray()) {
      ((ArrayNode) parent).set(Integer.parseInt(member), yaml(yaml));
    } else {
      copy.withObject(pointer.substring(0, last)).set(member, yaml(yaml));
    }
    return copy;
  }

  /** A copy without the member at a JSON pointer. */
  static ObjectNode without(ObjectNode object, String pointer) {
    ObjectNode copy = object.deepCopy();
    int last = pointer.lastIndexOf('/');
    copy.withObject(pointer.substring(0, last)).remove(pointer.substring(last + 1));
    return copy;
  }
}
