package dev.comptroller.core.governor;

/** The cluster could not be asked, so there is no verdict. */
final class NotReadyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String asked;
  private final String reason;

  NotReadyException(String asked, String reason) {
    super(reason);
    this.asked = asked;
    this.reason = reason;
  }

  /** What was asked for. */
  String asked() {
    return asked;
  }

  /** Why there is no answer. */
  String reason() {
    return reason;
  }
}
