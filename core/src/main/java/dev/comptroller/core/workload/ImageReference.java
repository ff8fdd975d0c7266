package dev.comptroller.core.workload;

import java.util.regex.Pattern;

/**
 * An image that a pod runs or mounts.
 *
 * @param pointer JSON pointer of the field that names it
 * @param reference the image as it is named; empty where the field is missing
 */
public record ImageReference(String pointer, String reference) {
  private static final Pattern PINNED = Pattern.compile("[^@\\s]+@sha256:[0-9a-f]{64}");

  static ImageReference of(Field field) {
    return new ImageReference(field.pointer(), field.text().orElse(""));
  }

  /** Whether the reference names its content by a SHA-256 digest, with or without a tag. */
  public boolean pinned() {
    return PINNED.matcher(reference).matches();
  }
}
