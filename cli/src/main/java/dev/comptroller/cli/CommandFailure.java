package dev.comptroller.cli;

/** A command cannot do what was asked; the message is one line that says what would help. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  CommandFailure(String message) {
    super(message);
  }

  /**
   * A value that does not fit.
   *
   * @param where file, option or field
   * @param found what is there
   * @param required what has to be there
   */
  CommandFailure(String where, String found, String required) {
    this(where + ": found " + found + ", required " + required);
  }
}
