package dev.comptroller.core.object;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes quantity such as {@code 8}, {@code 1500m}, {@code 16Gi} or {@code 2e3}, with its
 * exact value.
 */
public record Quantity(BigDecimal value) {
  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?(?:[0-9]{1,64}\\.?[0-9]{0,64}|\\.[0-9]{1,64}))"
              + "(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?[0-9]{1,9}))?");
  private static final Map<String, Integer> DECIMAL_EXPONENTS =
      Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
  private static final String BINARY_SUFFIXES = "KMGTPE";
  private static final int LONG_DIGITS = 19;

  /** Reads a quantity; empty if the text is none. */
  public static Optional<Quantity> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    String suffix = matcher.group(2);
    String exponent = matcher.group(3);
    if (exponent != null) {
      return Optional.of(new Quantity(number.scaleByPowerOfTen(Integer.parseInt(exponent))));
    }
    return Optional.of(new Quantity(suffix == null ? number : scaled(number, suffix)));
  }

  /**
   * The value as a number of whole things: {@link Long#MAX_VALUE} if it is larger, as the API
   * server caps it; empty if it is negative or no whole number.
   */
  public OptionalLong whole() {
    if (value.signum() == 0) {
      return OptionalLong.of(0);
    }
    BigDecimal plain = value.stripTrailingZeros();
    if (plain.signum() < 0 || plain.scale() > 0) {
      return OptionalLong.empty();
    }
    // Compared by digits first: spelling out 1e999999999 would take all memory.
    boolean tooManyDigits = (long) plain.precision() - plain.scale() > LONG_DIGITS;
    if (tooManyDigits || plain.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      return OptionalLong.of(Long.MAX_VALUE);
    }
    return OptionalLong.of(plain.longValueExact());
  }

  private static BigDecimal scaled(BigDecimal number, String suffix) {
    if (suffix.endsWith("i")) {
      int power = 10 * (BINARY_SUFFIXES.indexOf(suffix.charAt(0)) + 1);
      return number.multiply(new BigDecimal(BigInteger.TWO.pow(power)));
    }
    return number.scaleByPowerOfTen(DECIMAL_EXPONENTS.getOrDefault(suffix, 0));
  }
}
