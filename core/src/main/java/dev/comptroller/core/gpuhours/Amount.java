package dev.comptroller.core.gpuhours;

/**
 * Accelerator-time, counted in thousandths of an accelerator-second: one hour of one accelerator of
 * weight 1 is 3 600 000. Sums and products stop at {@link #MAX} and never wrap.
 *
 * <p>Negative amounts are refused with an IllegalArgumentException.
 *
 * @param milliSeconds from 0 to {@link Long#MAX_VALUE}
 */
public record Amount(long milliSeconds) implements Comparable<Amount> {
  /** No accelerator-time at all. */
  public static final Amount ZERO = new Amount(0);

  /** The largest amount; whatever reaches it is refused. */
  public static final Amount MAX = new Amount(Long.MAX_VALUE);

  public Amount {
    if (milliSeconds < 0) {
      throw new IllegalArgumentException("an amount is not negative");
    }
  }

  @Override
  public int compareTo(Amount other) {
    return Long.compare(milliSeconds, other.milliSeconds);
  }
}
