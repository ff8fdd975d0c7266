package dev.comptroller.core.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.object.InvalidFieldException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A place in an object: its JSON pointer and what is there. Null and missing are the same, as they
 * are to the API server. Reading it as something that it is not throws a {@link
 * InvalidFieldException}.
 */
record Field(String pointer, JsonNode node) {
  private static final int SHOWN = 60;

  boolean present() {
    return !node.isMissingNode() && !node.isNull();
  }

  /** A member of this object; absent if this is absent. */
  Field get(String name) {
    if (present() && !node.isObject()) {
      throw malformed("an object");
    }
    return member(name);
  }

  /** This field, which has to be there. */
  Field required(String what) {
    if (!present()) {
      throw malformed(what);
    }
    return this;
  }

  /** The elements of this list; none if it is absent. */
  List<Field> elements() {
    if (present() && !node.isArray()) {
      throw malformed("a list");
    }
    List<Field> elements = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      elements.add(new Field(pointer + "/" + i, node.path(i)));
    }
    return elements;
  }

  /** The members of this object by name; none if it is absent. */
  Map<String, Field> members() {
    if (present() && !node.isObject()) {
      throw malformed("an object");
    }
    Map<String, Field> members = new LinkedHashMap<>();
    node.fieldNames().forEachRemaining(name -> members.put(name, member(name)));
    return members;
  }

  /** This text, if it is there. */
  Optional<String> text() {
    if (!present()) {
      return Optional.empty();
    }
    if (!node.isTextual()) {
      throw malformed("a string");
    }
    return Optional.of(node.textValue());
  }

  /** Whether this is there and true. */
  boolean isTrue() {
    if (present() && !node.isBoolean()) {
      throw malformed("true or false");
    }
    return node.booleanValue();
  }

  /** This number, if it is there: whole, not negative and of at most 64 bits. */
  OptionalLong whole() {
    if (!present()) {
      return OptionalLong.empty();
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw malformed("a whole number from 0 to " + Long.MAX_VALUE);
    }
    return OptionalLong.of(node.longValue());
  }

  InvalidFieldException malformed(String required) {
    return new InvalidFieldException(pointer, shown(), required);
  }

  private String shown() {
    if (!present()) {
      return "nothing";
    }
    if (node.isContainerNode()) {
      return node.isArray() ? "a list" : "an object";
    }
    String text = node.asText();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  private Field member(String name) {
    return new Field(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), node.path(name));
  }
}
