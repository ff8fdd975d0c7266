package dev.comptroller.core.object;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes quantity such as {@code 8}, {@code 1500m}, {@code 16Gi} or {@code 2e3}, with its
 * exact value.
 *
 * @param form the family of suffixes it is written with
 */
public record Quantity(BigDecimal value, Form form) {

  /** Families of suffixes; the API server writes a quantity in the one it was given in. */
  public enum Form {
    /** {@code n}, {@code u}, {@code m}, none, {@code k}, {@code M} and so on: powers of 1000. */
    DECIMAL,
    /** {@code e3}: powers of ten. */
    EXPONENT,
    /** {@code Ki}, {@code Mi} and so on: powers of 1024. */
    BINARY
  }

  /** The finest that the API server keeps is a billionth. */
  public static final int NANO = 9;

  private static final Pattern PATTERN =
      Pattern.compile(
          "([+-]?(?:[0-9]{1,64}\\.?[0-9]{0,64}|\\.[0-9]{1,64}))"
              + "(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?[0-9]{1,9}))?");
  private static final List<String> DECIMAL =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigInteger KIBI = BigInteger.valueOf(1024);

  /** Reads a quantity; empty if the text is none. */
  public static Optional<Quantity> parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    if (matcher.group(2) != null) {
      BigInteger unit = KIBI.pow(BINARY.indexOf(matcher.group(2)));
      return Optional.of(new Quantity(number.multiply(new BigDecimal(unit)), Form.BINARY));
    }
    if (matcher.group(4) != null) {
      int exponent = Integer.parseInt(matcher.group(4));
      return Optional.of(new Quantity(number.scaleByPowerOfTen(exponent), Form.EXPONENT));
    }
    String suffix = matcher.group(3) == null ? "" : matcher.group(3);
    int exponent = 3 * DECIMAL.indexOf(suffix) - NANO;
    return Optional.of(new Quantity(number.scaleByPowerOfTen(exponent), Form.DECIMAL));
  }

  /**
   * The value as a number of whole things: {@link Long#MAX_VALUE} if it is larger, as the API
   * server caps it; empty if it is negative or no whole number.
   */
  public OptionalLong whole() {
    if (value.signum() < 0 || (value.signum() > 0 && value.stripTrailingZeros().scale() > 0)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(value.min(LARGEST).longValueExact());
  }

  /**
   * The text the API server writes: {@code 1000m} as {@code 1}, {@code 0.5Gi} as {@code 512Mi}. It
   * caps values at 64 bits and rounds away from zero.
   *
   * @param decimals how many decimals it keeps, at most {@link #NANO}
   */
  public String canonical(int decimals) {
    BigDecimal kept = rounded(value.min(LARGEST).max(LARGEST.negate()), decimals);
    if (kept.signum() == 0) {
      return "0";
    }
    BigDecimal number = kept.stripTrailingZeros();
    boolean large = number.abs().compareTo(new BigDecimal(KIBI)) >= 0;
    return switch (form) {
      case DECIMAL -> decimal(number, false);
      case EXPONENT -> decimal(number, true);
      case BINARY ->
          number.scale() <= 0 && large
              ? binary(number.toBigIntegerExact())
              : decimal(number, false);
    };
  }

  /** Compared first: rounding 1e-999999999 would divide by a number with a billion digits. */
  private static BigDecimal rounded(BigDecimal number, int decimals) {
    BigDecimal least = BigDecimal.ONE.movePointLeft(decimals);
    return number.signum() != 0 && number.abs().compareTo(least) < 0
        ? least.multiply(BigDecimal.valueOf(number.signum()))
        : number.setScale(decimals, RoundingMode.UP);
  }

  private static String decimal(BigDecimal number, boolean exponential) {
    int exponent = Math.floorDiv(-number.scale(), 3) * 3;
    String digits = number.scaleByPowerOfTen(-exponent).toPlainString();
    if (exponential) {
      return digits + (exponent == 0 ? "" : "e" + exponent);
    }
    return digits + DECIMAL.get((exponent + NANO) / 3);
  }

  private static String binary(BigInteger number) {
    BigInteger digits = number;
    int power = 0;
    while (power < BINARY.size() - 1 && digits.mod(KIBI).signum() == 0) {
      digits = digits.divide(KIBI);
      power++;
    }
    return digits + BINARY.get(power);
  }
}
