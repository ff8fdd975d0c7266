package dev.comptroller.core.gpuhours;

import dev.comptroller.core.accelerator.Weight;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Pattern;

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

  private static final String MAX_TEXT = "MAX";
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MILLIS = BigInteger.valueOf(1000);
  private static final BigDecimal PER_HOUR = BigDecimal.valueOf(3_600_000);
  private static final Pattern FORM = Pattern.compile("[0-9]{1,19}(\\.[0-9]{1,19})?");

  public Amount {
    if (milliSeconds < 0) {
      throw new IllegalArgumentException("an amount is not negative");
    }
  }

  /**
   * What accelerators of this weight in all consume, rounded up once, to a whole thousandth of an
   * accelerator-second.
   *
   * @param podSeconds how long they are held, summed over all pods; not negative
   */
  public static Amount of(Weight accelerators, BigInteger podSeconds) {
    BigInteger[] parts =
        accelerators
            .numerator()
            .multiply(podSeconds)
            .multiply(MILLIS)
            .divideAndRemainder(accelerators.denominator());
    return saturated(parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE));
  }

  /**
   * Reads GPU-hours from a decimal string such as {@code 320} or {@code 0.5}, or {@code MAX}. What
   * cannot be counted exactly is rounded down, so that a limit never allows more than it says; what
   * is larger than {@link #MAX} becomes it.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Amount parse(String gpuHours) {
    if (gpuHours.equals(MAX_TEXT)) {
      return MAX;
    }
    if (!FORM.matcher(gpuHours).matches()) {
      throw new IllegalArgumentException("GPU-hours are a decimal number such as 320 or 0.5");
    }
    return saturated(new BigDecimal(gpuHours).multiply(PER_HOUR).toBigInteger());
  }

  /** The sum, at most {@link #MAX}. */
  public Amount plus(Amount other) {
    long sum = milliSeconds + other.milliSeconds;
    return sum < 0 ? MAX : new Amount(sum);
  }

  /** What is left after taking away the other, at least {@link #ZERO}. */
  public Amount minus(Amount other) {
    return new Amount(Math.max(0, milliSeconds - other.milliSeconds));
  }

  /** What this amount an hour comes to over a time, rounded up; at most {@link #MAX}. */
  public Amount hourlyOver(Duration time) {
    return saturated(
        new BigDecimal(
                BigInteger.valueOf(milliSeconds).multiply(BigInteger.valueOf(time.toMillis())))
            .divide(PER_HOUR, 0, RoundingMode.CEILING)
            .toBigInteger());
  }

  /** Whether counting stopped at {@link #MAX}: the true amount may be larger. */
  public boolean isSaturated() {
    return milliSeconds == Long.MAX_VALUE;
  }

  /** Whether this limit leaves room for a need. No limit covers a saturated need. */
  public boolean covers(Amount need) {
    return !need.isSaturated() && need.milliSeconds <= milliSeconds;
  }

  /** GPU-hours as a decimal string, rounded up at three decimals; {@code MAX} if saturated. */
  public String toGpuHours() {
    if (isSaturated()) {
      return MAX_TEXT;
    }
    BigDecimal hours = BigDecimal.valueOf(milliSeconds).divide(PER_HOUR, 3, RoundingMode.CEILING);
    return hours.signum() == 0 ? "0" : hours.stripTrailingZeros().toPlainString();
  }

  /** GPU-hours as a decimal string, rounded to the nearest thousandth: of what has been used. */
  public String toNearestGpuHours() {
    if (isSaturated()) {
      return MAX_TEXT;
    }
    BigDecimal hours = BigDecimal.valueOf(milliSeconds).divide(PER_HOUR, 3, RoundingMode.HALF_UP);
    return hours.signum() == 0 ? "0" : hours.stripTrailingZeros().toPlainString();
  }

  @Override
  public int compareTo(Amount other) {
    return Long.compare(milliSeconds, other.milliSeconds);
  }

  private static Amount saturated(BigInteger milliSeconds) {
    return milliSeconds.compareTo(LONG_MAX) >= 0 ? MAX : new Amount(milliSeconds.longValueExact());
  }
}
