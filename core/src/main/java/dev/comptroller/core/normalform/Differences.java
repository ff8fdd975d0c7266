package dev.comptroller.core.normalform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import java.util.TreeSet;

/** Where two JSON values begin to differ. */
public final class Differences {
  private Differences() {}

  /**
   * One difference.
   *
   * @param pointer JSON pointer into both values
   * @param found what the first holds there; a missing node if nothing
   * @param required what the second holds there; a missing node if nothing
   */
  public record Difference(String pointer, JsonNode found, JsonNode required) {}

  /**
   * The first difference in the order of member names, if there is one. Where one value lacks a
   * whole object, it is the first member of that object, which says more than that there is one.
   */
  public static Optional<Difference> first(JsonNode found, JsonNode required) {
    return first("", found, required);
  }

  private static Optional<Difference> first(String pointer, JsonNode found, JsonNode required) {
    if (haveMembers(found, required)) {
      TreeSet<String> names = new TreeSet<>();
      found.fieldNames().forEachRemaining(names::add);
      required.fieldNames().forEachRemaining(names::add);
      return names.stream()
          .map(name -> first(pointer + "/" + escape(name), found.path(name), required.path(name)))
          .flatMap(Optional::stream)
          .findFirst();
    }
    if (found.isArray() && required.isArray()) {
      return firstOfLists(pointer, found, required);
    }
    return same(found, required)
        ? Optional.empty()
        : Optional.of(new Difference(pointer, found, required));
  }

  private static boolean haveMembers(JsonNode found, JsonNode required) {
    return (found.isObject() && required.isObject())
        || (found.isMissingNode() && required.isObject() && !required.isEmpty())
        || (found.isObject() && required.isMissingNode() && !found.isEmpty());
  }

  /** An element too many is told as such, whatever it holds. */
  private static Optional<Difference> firstOfLists(
      String pointer, JsonNode found, JsonNode required) {
    int common = Math.min(found.size(), required.size());
    for (int i = 0; i < common; i++) {
      Optional<Difference> difference = first(pointer + "/" + i, found.get(i), required.get(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return found.size() == required.size()
        ? Optional.empty()
        : Optional.of(
            new Difference(
                pointer + "/" + common, element(found, common), element(required, common)));
  }

  private static JsonNode element(JsonNode list, int index) {
    return index < list.size() ? list.get(index) : MissingNode.getInstance();
  }

  private static boolean same(JsonNode found, JsonNode required) {
    return (found.isNumber() && required.isNumber())
        ? found.decimalValue().compareTo(required.decimalValue()) == 0
        : found.equals(required);
  }

  /** A member name as a JSON pointer writes it. */
  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
