package dev.comptroller.operator.status;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Values of status fields, which are absent where there is nothing to say. */
public final class StatusFields {
  private StatusFields() {}

  /** Persons joined by commas. */
  public static @Nullable String persons(Collection<String> persons) {
    return text(String.join(",", persons));
  }

  /** A text. */
  public static @Nullable String text(String text) {
    return text.isEmpty() ? null : text;
  }
}
