package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collector;
import java.util.stream.Stream;

/** JSON literals: what a manifest would say, in the order it is read. */
final class Json {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /** An object of the given members, names and values in turn. */
  static ObjectNode object(Object... members) {
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < members.length; i += 2) {
      object.set((String) members[i], node(members[i + 1]));
    }
    return object;
  }

  /** A list of the given values. */
  static ArrayNode list(Object... values) {
    return Stream.of(values).map(Json::node).collect(toList());
  }

  /** An object of strings in the order of their names, whatever order the map has. */
  static ObjectNode strings(Map<String, String> map) {
    SortedMap<String, String> sorted = new TreeMap<>(map);
    ObjectNode object = NODES.objectNode();
    sorted.forEach(object::put);
    return object;
  }

  /** Collects values into a list. */
  static Collector<JsonNode, ArrayNode, ArrayNode> toList() {
    return Collector.of(NODES::arrayNode, ArrayNode::add, ArrayNode::addAll);
  }

  private static JsonNode node(Object value) {
    return switch (value) {
      case JsonNode node -> node;
      case String text -> NODES.textNode(text);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Boolean truth -> NODES.booleanNode(truth);
      default -> throw new IllegalArgumentException("no JSON literal: " + value.getClass());
    };
  }
}
