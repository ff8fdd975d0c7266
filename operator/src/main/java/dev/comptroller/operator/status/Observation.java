package dev.comptroller.operator.status;

/**
 * One thing observed of an object, before it becomes a condition.
 *
 * @param type the condition's type
 * @param truth whether it holds
 * @param reason one CamelCase word
 * @param message a sentence for people
 */
public record Observation(String type, Truth truth, String reason, String message) {

  /** The three values a condition's status may have. */
  public enum Truth {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String text;

    Truth(String text) {
      this.text = text;
    }

    /** As conditions write it. */
    public String text() {
      return text;
    }
  }

  /** It holds. */
  public static Observation yes(String type, String reason, String message) {
    return new Observation(type, Truth.TRUE, reason, message);
  }

  /** It does not hold. */
  public static Observation no(String type, String reason, String message) {
    return new Observation(type, Truth.FALSE, reason, message);
  }

  /** It cannot be told yet. */
  public static Observation unknown(String type, String reason, String message) {
    return new Observation(type, Truth.UNKNOWN, reason, message);
  }
}
