package dev.comptroller.core.accelerator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What accelerators are worth, in accelerators of weight 1: an exact fraction in lowest terms,
 * never negative. A seventh of a GPU is a seventh, so that seven of them are one.
 */
public record Weight(BigInteger numerator, BigInteger denominator) implements Comparable<Weight> {
  /** One accelerator of weight 1. */
  public static final Weight ONE = new Weight(BigInteger.ONE, BigInteger.ONE);

  /** Nothing. */
  public static final Weight ZERO = new Weight(BigInteger.ZERO, BigInteger.ONE);

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,18})(?:\\.([0-9]{1,18})|/([0-9]{1,18}))?");

  public Weight {
    if (numerator.signum() < 0 || denominator.signum() <= 0) {
      throw new IllegalArgumentException("a weight is not negative and has a positive denominator");
    }
    if (!denominator.equals(BigInteger.ONE)) {
      BigInteger divisor = numerator.gcd(denominator);
      numerator = numerator.divide(divisor);
      denominator = denominator.divide(divisor);
    }
  }

  /** One of so many equal parts; there is at least one. */
  public static Weight oneOf(long parts) {
    return new Weight(BigInteger.ONE, BigInteger.valueOf(parts));
  }

  /**
   * Reads a decimal such as {@code 0.3} or a fraction such as {@code 1/7}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Weight parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a weight is a decimal such as 0.3 or a fraction such as 1/7");
    }
    String decimals = matcher.group(2);
    if (decimals != null) {
      return new Weight(
          new BigInteger(matcher.group(1) + decimals), BigInteger.TEN.pow(decimals.length()));
    }
    String denominator = matcher.group(3);
    return new Weight(
        new BigInteger(matcher.group(1)),
        denominator == null ? BigInteger.ONE : new BigInteger(denominator));
  }

  /** The worth of both together. */
  public Weight plus(Weight other) {
    return new Weight(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  /** The worth of so many; the count is not negative. */
  public Weight times(long count) {
    return new Weight(numerator.multiply(BigInteger.valueOf(count)), denominator);
  }

  /** The worth of so many; the count is not negative. */
  public Weight times(BigInteger count) {
    return new Weight(numerator.multiply(count), denominator);
  }

  /** The worth of a part of it. */
  public Weight times(Weight part) {
    return new Weight(numerator.multiply(part.numerator), denominator.multiply(part.denominator));
  }

  /** The larger of both. */
  public Weight max(Weight other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** The smaller of both. */
  public Weight min(Weight other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** Whether it is worth nothing. */
  public boolean isZero() {
    return numerator.signum() == 0;
  }

  @Override
  public int compareTo(Weight other) {
    if (denominator.equals(other.denominator)) {
      return numerator.compareTo(other.numerator);
    }
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  /** A decimal where that is exact at three decimals, else the fraction. */
  @Override
  public String toString() {
    if (denominator.equals(BigInteger.ONE)) {
      return numerator.toString();
    }
    BigDecimal up =
        new BigDecimal(numerator).divide(new BigDecimal(denominator), 3, RoundingMode.UP);
    boolean exact =
        up.multiply(new BigDecimal(denominator)).compareTo(new BigDecimal(numerator)) == 0;
    if (!exact) {
      return numerator + "/" + denominator;
    }
    return up.stripTrailingZeros().toPlainString();
  }
}
