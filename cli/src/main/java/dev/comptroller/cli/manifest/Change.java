package dev.comptroller.cli.manifest;

import java.util.List;
import java.util.Optional;

/**
 * One change of an object's text.
 *
 * @param path names from the object down to the field
 * @param value the new text; empty removes the field
 */
public record Change(List<String> path, Optional<String> value) {
  public Change {
    path = List.copyOf(path);
  }

  /** Sets a field. */
  public static Change set(String value, String... path) {
    return new Change(List.of(path), Optional.of(value));
  }

  /** Removes a field. */
  public static Change remove(String... path) {
    return new Change(List.of(path), Optional.empty());
  }
}
