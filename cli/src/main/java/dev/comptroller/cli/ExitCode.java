package dev.comptroller.cli;

/** What a command's exit code means. */
final class ExitCode {
  /** Done, or allowed. */
  static final int OK = 0;

  /** The command could not be carried out: there is no verdict. */
  static final int ERROR = 1;

  /** The verdict is no: denied, or not verified. */
  static final int REFUSED = 2;

  static final String ALL_WELL_MEANS = "0:done; allowed; verified";
  static final String OK_MEANS = "0:done";
  static final String ERROR_MEANS = "1:the command could not be carried out";
  static final String REFUSED_MEANS = "2:denied, or not verified";

  private ExitCode() {}
}
