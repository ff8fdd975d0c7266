package dev.comptroller.core.normalform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes quantities as the API server does: {@code 1000m} as {@code 1}, {@code 0.5Gi} as {@code
 * 512Mi}, and the number 8 as the string {@code "8"}. What is no quantity stays as it is: the
 * server refuses it.
 */
final class Quantities {
  private static final int LONGEST = 99;
  private static final int MILLI = 3;

  private Quantities() {}

  /** Makes one member canonical, if it is there. */
  static void member(ObjectNode parent, String name) {
    rewrite(parent, name, Quantity.NANO);
  }

  /**
   * Makes the limits and requests of a {@code resources} member canonical. The server rounds these
   * up to thousandths.
   */
  static void resources(ObjectNode resources) {
    for (String list : List.of("limits", "requests")) {
      Elements.object(resources, list).forEach(Quantities::resourceList);
    }
  }

  /** Makes the values of a map from resource name to quantity canonical. */
  static void resourceList(ObjectNode list) {
    List<String> names = list.properties().stream().map(Map.Entry::getKey).toList();
    names.forEach(name -> rewrite(list, name, MILLI));
  }

  private static void rewrite(ObjectNode parent, String name, int decimals) {
    JsonNode value = parent.path(name);
    Optional<Quantity> quantity =
        value.isNumber()
            ? Optional.of(new Quantity(value.decimalValue(), Quantity.Form.DECIMAL))
            : Quantity.parse(value.asText().strip());
    quantity
        .filter(read -> isWritable(read.value()))
        .ifPresent(read -> parent.put(name, read.canonical(decimals)));
  }

  /** A number such as 1e999999999 is no quantity that anybody means. */
  private static boolean isWritable(BigDecimal number) {
    return number.precision() <= LONGEST && Math.abs((long) number.scale()) <= LONGEST;
  }
}
