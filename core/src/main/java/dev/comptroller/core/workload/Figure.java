package dev.comptroller.core.workload;

import java.math.BigInteger;
import java.util.List;

/**
 * A number that a bound is made from, and where it comes from.
 *
 * @param pointer JSON pointer of the field it came from, empty where a rule made it
 * @param name what it is, such as {@code pods at once}
 * @param value not negative
 * @param unit {@code pods}, {@code s} or empty
 * @param parts what it was made from, if it was
 */
public record Figure(
    String pointer, String name, BigInteger value, String unit, List<Figure> parts) {
  /** More than any amount can be: what is multiplied by it has no limit. */
  public static final BigInteger UNLIMITED = BigInteger.TWO.pow(256);

  private static final String PODS = "pods";
  private static final String SECONDS = "s";

  public Figure {
    parts = List.copyOf(parts);
  }

  /** A number of pods. */
  public static Figure pods(String pointer, String name, long pods) {
    return pods(pointer, name, BigInteger.valueOf(pods));
  }

  /** A number of pods. */
  public static Figure pods(String pointer, String name, BigInteger pods) {
    return new Figure(pointer, name, pods, PODS, List.of());
  }

  /** A time. */
  public static Figure seconds(String pointer, String name, long seconds) {
    return new Figure(pointer, name, BigInteger.valueOf(seconds), SECONDS, List.of());
  }

  /** A deadline. One of nothing counts as a second: a pod that may start is never free. */
  public static Figure deadline(String pointer, String name, long seconds) {
    return seconds(pointer, name, Math.max(1, seconds));
  }

  /** A plain number. */
  public static Figure number(String pointer, String name, long number) {
    return new Figure(pointer, name, BigInteger.valueOf(number), "", List.of());
  }

  /** The sum with another figure of the same unit. */
  public Figure plus(String sumName, Figure other) {
    return new Figure("", sumName, value.add(other.value), unit, List.of(this, other));
  }

  /** The product with a plain number. */
  public Figure times(String productName, Figure number) {
    return new Figure("", productName, value.multiply(number.value), unit, List.of(this, number));
  }

  /** The larger of both. */
  public Figure max(Figure other) {
    return value.compareTo(other.value) >= 0 ? this : other;
  }

  /** The same number by another name. */
  public Figure named(String other) {
    return new Figure(pointer, other, value, unit, parts);
  }

  /** Whether it is nothing. */
  public boolean isZero() {
    return value.signum() == 0;
  }

  /** The number with its unit. */
  public String text() {
    String number = value.compareTo(UNLIMITED) >= 0 ? "unlimited" : value.toString();
    return unit.isEmpty() ? number : number + " " + unit;
  }
}
