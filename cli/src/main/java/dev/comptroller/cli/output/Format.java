package dev.comptroller.cli.output;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a result is printed. */
public enum Format {
  /** For people. */
  TEXT,
  /** One JSON value. */
  JSON,
  /** One YAML document. */
  YAML;

  /** What may be written for a format, for messages. */
  public static final String CHOICES = "text, json or yaml";

  /** The format of this name, if there is one. */
  public static Optional<Format> named(String name) {
    return Arrays.stream(values()).filter(format -> format.toString().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
