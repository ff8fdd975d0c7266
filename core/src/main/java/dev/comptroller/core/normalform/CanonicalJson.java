package dev.comptroller.core.normalform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.object.InvalidFieldException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * RFC 8785 behind a gate. RFC 8785 counts in doubles and leaves malformed text to its
 * implementations; the gate refuses what two of them could write differently.
 */
public final class CanonicalJson {
  /** Nesting beyond this is refused; no Kubernetes object comes near it. */
  static final int MAX_DEPTH = 100;

  private static final BigDecimal LARGEST = BigDecimal.valueOf((1L << 53) - 1);

  private CanonicalJson() {}

  /**
   * The one way to write this value, in UTF-8.
   *
   * @throws InvalidFieldException if a number is beyond 2^53-1 or no number, a string holds half a
   *     surrogate pair, or the nesting is too deep
   */
  public static byte[] of(JsonNode value) {
    require(value);
    return serialise(value.toString());
  }

  /**
   * Refuses what has no one way to be written.
   *
   * @throws InvalidFieldException as {@link #of} does
   */
  static void require(JsonNode value) {
    require(value, "", 0);
  }

  /** RFC 8785 without the gate. */
  static byte[] serialise(String json) {
    try {
      return new JsonCanonicalizer(json).getEncodedUTF8();
    } catch (IOException e) {
      throw new UncheckedIOException("JSON that Jackson wrote is readable", e);
    }
  }

  private static void require(JsonNode value, String pointer, int depth) {
    if (depth > MAX_DEPTH) {
      throw new InvalidFieldException(
          pointer, "a value nested deeper", "at most " + MAX_DEPTH + " levels");
    }
    switch (value.getNodeType()) {
      case NUMBER -> requireNumber(value, pointer);
      case STRING -> requireText(value.textValue(), pointer);
      case ARRAY -> {
        for (int i = 0; i < value.size(); i++) {
          require(value.get(i), pointer + "/" + i, depth + 1);
        }
      }
      case OBJECT ->
          value
              .properties()
              .forEach(
                  member -> {
                    requireText(member.getKey(), pointer);
                    require(
                        member.getValue(),
                        pointer + "/" + Differences.escape(member.getKey()),
                        depth + 1);
                  });
      case BOOLEAN, NULL -> {}
      case BINARY, MISSING, POJO ->
          throw new InvalidFieldException(
              pointer, value.getNodeType().name(), "a value that JSON has");
    }
  }

  private static void requireNumber(JsonNode number, String pointer) {
    boolean finite = !number.isFloatingPointNumber() || Double.isFinite(number.doubleValue());
    if (!finite || !withinDouble(number)) {
      throw new InvalidFieldException(
          pointer,
          abbreviated(number.asText()),
          "a number of at most 2^53-1 (9007199254740991), or a string");
    }
  }

  private static boolean withinDouble(JsonNode number) {
    if (number.isIntegralNumber()) {
      return number.bigIntegerValue().bitLength() < 64
          && number.decimalValue().abs().compareTo(LARGEST) <= 0;
    }
    return Math.abs(number.doubleValue()) <= LARGEST.doubleValue();
  }

  private static void requireText(String text, String pointer) {
    if (hasHalfSurrogatePair(text)) {
      throw new InvalidFieldException(
          pointer, "text with half a surrogate pair", "text that UTF-8 can hold");
    }
  }

  private static boolean hasHalfSurrogatePair(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static String abbreviated(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
