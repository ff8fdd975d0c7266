package dev.comptroller.core.normalform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Drops what the API server drops when it writes a built-in object back: members that say nothing,
 * such as {@code value: ""}, {@code args: []} and {@code hostNetwork: false}.
 */
final class Empties {
  /** Maps of the user's own keys, where an empty value is a value. */
  private static final Set<String> MAPS =
      Set.of(
          "labels",
          "annotations",
          "matchLabels",
          "nodeSelector",
          "limits",
          "requests",
          "overhead",
          "volumeAttributes",
          "options");

  /** Strings where empty means something else than absent. */
  private static final Set<String> MEANINGFUL_WHEN_EMPTY =
      Set.of("storageClassName", "volumeAttributesClassName", "runtimeClassName");

  /** Booleans for which the server does not tell false from absent. */
  private static final Set<String> FALSE_WHEN_ABSENT =
      Set.of(
          "hostNetwork", "hostPID", "hostIPC", "stdin", "stdinOnce", "tty", "readOnly", "paused");

  /** Integers for which the server does not tell 0 from absent. */
  private static final Set<String> ZERO_WHEN_ABSENT =
      Set.of(
          "minReadySeconds",
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold",
          "hostPort");

  private Empties() {}

  /** Drops them at every depth, in place. */
  static void drop(ObjectNode object) {
    List<String> names = object.properties().stream().map(Map.Entry::getKey).toList();
    for (String name : names) {
      JsonNode value = object.path(name);
      if (value instanceof ObjectNode member && !MAPS.contains(name)) {
        drop(member);
      } else if (value instanceof ArrayNode list) {
        Elements.objects(list).forEach(Empties::drop);
      }
      if (saysNothing(name, value)) {
        object.remove(name);
      }
    }
  }

  private static boolean saysNothing(String name, JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> true;
      case ARRAY -> value.isEmpty();
      case OBJECT -> MAPS.contains(name) && value.isEmpty();
      case STRING -> value.textValue().isEmpty() && !MEANINGFUL_WHEN_EMPTY.contains(name);
      case BOOLEAN -> !value.booleanValue() && FALSE_WHEN_ABSENT.contains(name);
      case NUMBER -> value.decimalValue().signum() == 0 && ZERO_WHEN_ABSENT.contains(name);
      case BINARY, POJO -> false;
    };
  }
}
