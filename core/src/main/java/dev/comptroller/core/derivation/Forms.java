package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.normalform.Specs;

/** Specs in normal form, under the member name that a reader of a finding looks for. */
final class Forms {
  private Forms() {}

  /** The normal form of a spec of a known kind. */
  static ObjectNode spec(String apiVersion, String kind, JsonNode spec) {
    ObjectNode copy = object(spec, "the spec of a " + kind).deepCopy();
    Specs.of(apiVersion, kind).orElseThrow().normalise(copy);
    return Json.object("spec", copy);
  }

  /**
   * The value as an object.
   *
   * @throws IllegalArgumentException if it is none
   */
  static ObjectNode object(JsonNode value, String what) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException(
        what + ": found " + value.getNodeType() + ", required OBJECT");
  }
}
