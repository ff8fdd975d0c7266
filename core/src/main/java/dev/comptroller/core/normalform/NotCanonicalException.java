package dev.comptroller.core.normalform;

/** A value that two readers of the same JSON could take for different ones. */
public final class NotCanonicalException extends IllegalArgumentException {
  private final String pointer;
  private final String found;
  private final String required;

  /**
   * @param pointer JSON pointer of the value
   * @param found what is there
   * @param required what may be there
   */
  public NotCanonicalException(String pointer, String found, String required) {
    super(pointer + ": found " + found + ", required " + required);
    this.pointer = pointer;
    this.found = found;
    this.required = required;
  }

  /** JSON pointer of the value. */
  public String pointer() {
    return pointer;
  }

  /** What is there. */
  public String found() {
    return found;
  }

  /** What may be there. */
  public String required() {
    return required;
  }
}
