package dev.comptroller.core.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KubernetesObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A place in an object: its JSON pointer and what is there. Null and missing are the same, as they
 * are to the API server. Reading it as something that it is not throws a {@link
 * InvalidFieldException}.
 */
public final class Field {
  private static final int SHOWN = 60;

  private final @Nullable Field parent;
  private final String name;
  private final JsonNode node;
  private final Map<String, Field> replaced;

  /**
   * @param parent the object or list that it is in; null for the whole
   * @param name its name or index there; the JSON pointer of the whole
   * @param replaced what stands elsewhere and counts instead, by the pointer it takes the place of
   */
  private Field(@Nullable Field parent, String name, JsonNode node, Map<String, Field> replaced) {
    this.parent = parent;
    this.name = name;
    this.node = node;
    this.replaced = replaced;
  }

  /** A place that has this JSON pointer. */
  public Field(String pointer, JsonNode node) {
    this(null, pointer, node, Map.of());
  }

  /** JSON pointer (RFC 6901). Put together when it is asked for: most fields are only read. */
  public String pointer() {
    return appendTo(new StringBuilder()).toString();
  }

  /** What is there. */
  public JsonNode node() {
    return node;
  }

  private StringBuilder appendTo(StringBuilder pointer) {
    return parent == null
        ? pointer.append(name)
        : parent.appendTo(pointer).append('/').append(name.replace("~", "~0").replace("/", "~1"));
  }

  /** The whole of another object than the one that is judged; its pointers name it. */
  public static Field of(KubernetesObject other) {
    return new Field(other.key() + "#", other.json());
  }

  /** This object with some of its fields replaced by others, by their pointers. */
  public Field with(Map<String, Field> fields) {
    Map<String, Field> all = new HashMap<>(replaced);
    all.putAll(fields);
    return new Field(parent, name, node, Map.copyOf(all));
  }

  /** Whether there is anything. */
  public boolean present() {
    return !node.isMissingNode() && !node.isNull();
  }

  /** A member of this object; absent if this is absent. */
  public Field get(String member) {
    if (present() && !node.isObject()) {
      throw malformed("an object");
    }
    return member(member);
  }

  /** This field, which has to be there. */
  public Field required(String what) {
    if (!present()) {
      throw malformed(what);
    }
    return this;
  }

  /** This text; empty if it is not there. */
  public String textOrEmpty() {
    return text().orElse("");
  }

  /** The texts of this object by name; none if it is absent. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    members().forEach((member, value) -> texts.put(member, value.textOrEmpty()));
    return texts;
  }

  /** The elements of this list; none if it is absent. */
  public List<Field> elements() {
    if (present() && !node.isArray()) {
      throw malformed("a list");
    }
    List<Field> elements = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      elements.add(at(Integer.toString(i), node.path(i)));
    }
    return elements;
  }

  /** The members of this object by name; none if it is absent. */
  public Map<String, Field> members() {
    if (present() && !node.isObject()) {
      throw malformed("an object");
    }
    Map<String, Field> members = new LinkedHashMap<>();
    node.fieldNames().forEachRemaining(member -> members.put(member, member(member)));
    return members;
  }

  /** This text, if it is there. */
  public Optional<String> text() {
    if (!present()) {
      return Optional.empty();
    }
    if (!node.isTextual()) {
      throw malformed("a string");
    }
    return Optional.of(node.textValue());
  }

  /** Whether this is there and true. */
  public boolean isTrue() {
    if (present() && !node.isBoolean()) {
      throw malformed("true or false");
    }
    return node.booleanValue();
  }

  /** This number, if it is there: whole, not negative and of at most 64 bits. */
  public OptionalLong whole() {
    if (!present()) {
      return OptionalLong.empty();
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw malformed("a whole number from 0 to " + Long.MAX_VALUE);
    }
    return OptionalLong.of(node.longValue());
  }

  /** The failure to read this as what is required. */
  public InvalidFieldException malformed(String required) {
    return new InvalidFieldException(pointer(), shown(), required);
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

  private Field member(String member) {
    return at(member, node.path(member));
  }

  private Field at(String step, JsonNode there) {
    Field field = new Field(this, step, there, replaced);
    Field other = replaced.isEmpty() ? null : replaced.get(field.pointer());
    return other == null ? field : other;
  }
}
