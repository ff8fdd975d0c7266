package dev.comptroller.core.normalform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes quantities as the API server does: {@code 1000m} as {@code 1}, {@code 0.5Gi} as {@code
 * 512Mi}, and the number 8 as the string {@code "8"}. What is no quantity stays as it is: the
 * server refuses it.
 */
final class Quantities {
  private static final Pattern QUANTITY =
      Pattern.compile(
          "([+-]?)(\\d{1,60}(?:\\.\\d{0,60})?|\\.\\d{1,60})"
              + "(?:([eE][+-]?\\d{1,2})|([KMGTPE]i)|([numkMGTPE]?))");
  private static final List<String> DECIMAL =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigInteger KIBI = BigInteger.valueOf(1024);
  private static final int LONGEST = 60;
  private static final int NANO = 9;
  private static final int MILLI = 3;

  private enum Format {
    DECIMAL_SI,
    DECIMAL_EXPONENT,
    BINARY_SI
  }

  private Quantities() {}

  /** Makes one member canonical, if it is there. */
  static void member(ObjectNode parent, String name) {
    rewrite(parent, name, NANO);
  }

  /**
   * Makes the limits and requests of a {@code resources} member canonical. The server rounds these
   * up to thousandths.
   */
  static void resources(ObjectNode resources) {
    for (String list : List.of("limits", "requests")) {
      Elements.object(resources, list).forEach(Quantities::resourceList);
    }
  }

  /** Makes the values of a map from resource name to quantity canonical. */
  static void resourceList(ObjectNode list) {
    List<String> names = list.properties().stream().map(Map.Entry::getKey).toList();
    names.forEach(name -> rewrite(list, name, MILLI));
  }

  private static void rewrite(ObjectNode parent, String name, int scale) {
    JsonNode value = parent.path(name);
    if (value.isNumber() && isWritable(value.decimalValue())) {
      parent.put(name, canonical(value.decimalValue().toPlainString(), scale));
    } else if (value.isTextual()) {
      parent.put(name, canonical(value.textValue(), scale));
    }
  }

  /** A number such as 1e999999999 would be written with a billion digits. */
  private static boolean isWritable(BigDecimal number) {
    return number.precision() <= LONGEST && Math.abs((long) number.scale()) <= LONGEST;
  }

  /** The canonical text of a quantity with at most nine decimals. */
  static String canonical(String text) {
    return canonical(text, NANO);
  }

  private static String canonical(String text, int scale) {
    Matcher matcher = QUANTITY.matcher(text.strip());
    if (!matcher.matches()) {
      return text;
    }
    BigDecimal number = new BigDecimal(matcher.group(1) + matcher.group(2));
    Format format = Format.DECIMAL_SI;
    if (matcher.group(3) != null) {
      number = number.scaleByPowerOfTen(Integer.parseInt(matcher.group(3).substring(1)));
      format = Format.DECIMAL_EXPONENT;
    } else if (matcher.group(4) != null) {
      number = number.multiply(new BigDecimal(KIBI.pow(BINARY.indexOf(matcher.group(4)))));
      format = Format.BINARY_SI;
    } else {
      number = number.scaleByPowerOfTen(3 * (DECIMAL.indexOf(matcher.group(5)) - 3));
    }
    return write(bounded(number).setScale(scale, RoundingMode.UP), format);
  }

  private static BigDecimal bounded(BigDecimal number) {
    return number.min(LARGEST).max(LARGEST.negate());
  }

  private static String write(BigDecimal number, Format format) {
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal value = number.stripTrailingZeros();
    boolean whole = value.scale() <= 0;
    boolean large = value.abs().compareTo(new BigDecimal(KIBI)) >= 0;
    return switch (format) {
      case DECIMAL_SI -> decimal(value, false);
      case DECIMAL_EXPONENT -> decimal(value, true);
      case BINARY_SI -> whole && large ? binary(value.toBigIntegerExact()) : decimal(value, false);
    };
  }

  private static String decimal(BigDecimal value, boolean exponential) {
    int exponent = Math.floorDiv(-value.scale(), 3) * 3;
    String digits = value.scaleByPowerOfTen(-exponent).toPlainString();
    if (exponential) {
      return digits + (exponent == 0 ? "" : "e" + exponent);
    }
    return digits + DECIMAL.get(exponent / 3 + 3);
  }

  private static String binary(BigInteger value) {
    BigInteger number = value;
    int power = 0;
    while (power < BINARY.size() - 1 && number.mod(KIBI).signum() == 0) {
      number = number.divide(KIBI);
      power++;
    }
    return number + BINARY.get(power);
  }
}
