package dev.comptroller.core.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/**
 * The members of a JSON object of which every one has a meaning: an unknown one may be a condition
 * that must not be ignored, so it is refused.
 *
 * @param path where the object stands, for messages
 */
record StrictMembers(String path, ObjectNode node) {

  /** Refuses every member but these. */
  StrictMembers only(Set<String> names) throws FormatException {
    for (var member : node.properties()) {
      if (!names.contains(member.getKey())) {
        throw new FormatException(
            "unknown member " + path + "/" + member.getKey(),
            "only " + names.stream().sorted().toList());
      }
    }
    return this;
  }

  /** A string that must be there. */
  String text(String name) throws FormatException {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw wrong(name, value, "a string");
    }
    return value.textValue();
  }

  /** A string that may be absent, but is not null. */
  Optional<String> optionalText(String name) throws FormatException {
    return node.has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** An object that must be there. */
  StrictMembers object(String name) throws FormatException {
    if (node.path(name) instanceof ObjectNode object) {
      return new StrictMembers(path + "/" + name, object);
    }
    throw wrong(name, node.path(name), "an object");
  }

  /** The single element of an array that must be there. */
  StrictMembers single(String name) throws FormatException {
    JsonNode array = node.path(name);
    if (array.isArray() && array.size() == 1 && array.get(0) instanceof ObjectNode object) {
      return new StrictMembers(path + "/" + name + "/0", object);
    }
    throw new FormatException(
        array.isArray()
            ? array.size() + " elements in " + path + "/" + name
            : describe(name, array),
        "exactly one object");
  }

  private FormatException wrong(String name, JsonNode value, String required) {
    return new FormatException(describe(name, value), required);
  }

  private String describe(String name, JsonNode value) {
    return value.isMissingNode()
        ? "no " + path + "/" + name
        : path + "/" + name + " of type " + value.getNodeType();
  }
}
