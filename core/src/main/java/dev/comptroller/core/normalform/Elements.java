package dev.comptroller.core.normalform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads lists and members of JSON trees whose shape nobody has checked yet. */
final class Elements {
  private Elements() {}

  /** The objects of a list; none where there is no list. Other elements are passed over. */
  static List<ObjectNode> objects(JsonNode list) {
    if (!list.isArray()) {
      return List.of();
    }
    return StreamSupport.stream(list.spliterator(), false)
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .toList();
  }

  /** The member if it is an object, as a list of one; none otherwise. */
  static List<ObjectNode> object(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode object ? List.of(object) : List.of();
  }

  /** The member, made an empty object where it is absent; none where it is something else. */
  static List<ObjectNode> required(ObjectNode parent, String name) {
    if (!parent.has(name)) {
      parent.putObject(name);
    }
    return object(parent, name);
  }

  /** Writes a default where the member is absent. */
  static void fill(ObjectNode parent, String name, String value) {
    parent.putIfAbsent(name, parent.textNode(value));
  }

  /** Writes a default where the member is absent. */
  static void fill(ObjectNode parent, String name, int value) {
    parent.putIfAbsent(name, parent.numberNode(value));
  }

  /** Writes a default where the member is absent. */
  static void fill(ObjectNode parent, String name, boolean value) {
    parent.putIfAbsent(name, parent.booleanNode(value));
  }
}
