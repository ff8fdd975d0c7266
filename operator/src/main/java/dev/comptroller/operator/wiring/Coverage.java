package dev.comptroller.operator.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Whether an object already is what is desired. */
final class Coverage {

  private Coverage() {}

  /**
   * Whether every field of {@code desired} stands in {@code actual} with the same value. Lists must
   * be equal in length and order; fields that only {@code actual} has are the server's or somebody
   * else's.
   */
  static boolean covers(JsonNode actual, JsonNode desired) {
    if (desired.isObject()) {
      for (Map.Entry<String, JsonNode> field : desired.properties()) {
        if (!covers(actual.path(field.getKey()), field.getValue())) {
          return false;
        }
      }
      return actual.isObject();
    }
    if (desired.isArray()) {
      if (!actual.isArray() || actual.size() != desired.size()) {
        return false;
      }
      for (int index = 0; index < desired.size(); index++) {
        if (!covers(actual.get(index), desired.get(index))) {
          return false;
        }
      }
      return true;
    }
    if (desired.isIntegralNumber() && actual.isIntegralNumber()) {
      return desired.bigIntegerValue().equals(actual.bigIntegerValue());
    }
    return desired.equals(actual);
  }
}
