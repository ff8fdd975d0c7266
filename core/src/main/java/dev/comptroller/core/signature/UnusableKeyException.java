package dev.comptroller.core.signature;

/** A key that cannot be read or is not of a supported kind. Its message never holds the key. */
public final class UnusableKeyException extends Exception {
  private final String found;
  private final String required;

  UnusableKeyException(String found, String required) {
    super("found " + found + ", required " + required);
    this.found = found;
    this.required = required;
  }

  /** What was found, without any of the key. */
  public String found() {
    return found;
  }

  /** What would be usable. */
  public String required() {
    return required;
  }
}
