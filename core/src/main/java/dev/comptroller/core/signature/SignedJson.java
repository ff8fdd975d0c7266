package dev.comptroller.core.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.StrictJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads signed JSON so that every reader sees the same: I-JSON (RFC 7493), whole numbers only,
 * within bounds. What was checked is the tree that is returned.
 */
final class SignedJson {
  /** Longest text, in characters. */
  static final int MAX_LENGTH = 16 * 1024;

  private static final int MAX_DEPTH = 8;
  private static final long MAX_INTEGER = (1L << 53) - 1;
  // A valid pair is one code point of another category.
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private SignedJson() {}

  /** Reads an object from UTF-8. */
  static ObjectNode read(byte[] utf8) throws FormatException {
    try {
      return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw refused("bytes that are not UTF-8");
    }
  }

  /** Reads an object. */
  static ObjectNode read(String text) throws FormatException {
    if (text.length() > MAX_LENGTH) {
      throw new FormatException(
          "JSON of " + text.length() + " characters", "at most " + MAX_LENGTH);
    }
    ObjectNode object;
    try {
      object = StrictJson.object(text);
    } catch (IllegalArgumentException e) {
      throw refused(e.getMessage() == null ? "malformed JSON" : e.getMessage());
    }
    check(object, MAX_DEPTH);
    return object;
  }

  private static void check(JsonNode node, int depthLeft) throws FormatException {
    if (depthLeft == 0) {
      throw new FormatException("deeply nested JSON", "at most " + MAX_DEPTH + " levels");
    }
    switch (node.getNodeType()) {
      case NUMBER -> {
        if (!node.isIntegralNumber()
            || !node.canConvertToLong()
            || node.longValue() > MAX_INTEGER
            || node.longValue() < -MAX_INTEGER) {
          throw new FormatException("the number " + node, "an integer within +-(2^53 - 1)");
        }
      }
      case STRING -> check(node.textValue());
      case OBJECT -> {
        for (var member : node.properties()) {
          check(member.getKey());
          check(member.getValue(), depthLeft - 1);
        }
      }
      case ARRAY -> {
        for (JsonNode element : node) {
          check(element, depthLeft - 1);
        }
      }
      default -> {}
    }
  }

  private static void check(String text) throws FormatException {
    if (LONE_SURROGATE.matcher(text).find()) {
      throw refused("half of a surrogate pair");
    }
  }

  private static FormatException refused(String found) {
    return new FormatException(found, "one JSON object in UTF-8");
  }
}
