package dev.comptroller.core.object;

/** A field of an object that is not what it has to be. */
public final class InvalidFieldException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String pointer;
  private final String found;
  private final String required;

  /**
   * @param pointer JSON pointer of the field; empty for the whole object
   * @param found what is there
   * @param required what has to be there
   */
  public InvalidFieldException(String pointer, String found, String required) {
    super(pointer + ": found " + found + ", required " + required);
    this.pointer = pointer;
    this.found = found;
    this.required = required;
  }

  /** All of it in one line. */
  public String problem() {
    return pointer + ": found " + found + ", required " + required;
  }

  /** JSON pointer of the field; empty for the whole object. */
  public String pointer() {
    return pointer;
  }

  /** What is there. */
  public String found() {
    return found;
  }

  /** What has to be there. */
  public String required() {
    return required;
  }
}
