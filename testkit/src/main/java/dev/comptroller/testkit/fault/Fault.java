package dev.comptroller.testkit.fault;

/**
 * What goes wrong with one of the writes of a namespace.
 *
 * @param write which one, 1 for the first
 * @param loss what gets lost
 * @param sequel what happens to the writes after it
 */
public record Fault(int write, Loss loss, Sequel sequel) {
  public Fault {
    if (write < 1) {
      throw new IllegalArgumentException("write is " + write + "; the first one is 1");
    }
  }

  /** What of a write gets lost. */
  public enum Loss {
    /** It never reaches the API server. */
    REQUEST,
    /** It is applied, and who wrote never learns it. */
    ANSWER
  }

  /** What happens after the loss. */
  public enum Sequel {
    /** The connection breaks, and the next write passes. */
    RECOVERY,
    /**
     * No answer comes, and no write reaches the API server any more, until the proxy is healed:
     * what the API server sees of a writer that died at this moment.
     */
    SILENCE
  }
}
