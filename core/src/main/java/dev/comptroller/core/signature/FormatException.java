package dev.comptroller.core.signature;

/** A key, envelope or statement in a form that is not accepted. It never holds a key. */
public final class FormatException extends Exception {
  private final String found;
  private final String required;

  FormatException(String found, String required) {
    super("found " + found + ", required " + required);
    this.found = found;
    this.required = required;
  }

  /** What was found, without any of a key. */
  public String found() {
    return found;
  }

  /** What is accepted. */
  public String required() {
    return required;
  }
}
