package dev.comptroller.core.signature;

/** An envelope or statement that is not in the one accepted form. */
public final class SignatureFormatException extends Exception {
  private final String found;
  private final String required;

  SignatureFormatException(String found, String required) {
    super("found " + found + ", required " + required);
    this.found = found;
    this.required = required;
  }

  /** What was found. */
  public String found() {
    return found;
  }

  /** What is accepted. */
  public String required() {
    return required;
  }
}
