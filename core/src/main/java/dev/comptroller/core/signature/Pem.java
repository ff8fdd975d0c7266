package dev.comptroller.core.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a PEM text (RFC 7468). */
final class Pem {
  private static final int MAX_LENGTH = 16 * 1024;
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");
  private static final Pattern BLOCKS =
      Pattern.compile(
          "\\s*-----BEGIN ([A-Z0-9 ]{1,40})-----\\s([A-Za-z0-9+/=\\s]+)-----END \\1-----\\s*");

  private final String label;
  private final byte[] der;

  private Pem(String label, byte[] der) {
    this.label = label;
    this.der = der;
  }

  /** What the block says it holds. */
  String label() {
    return label;
  }

  /** The bytes it holds. */
  byte[] der() {
    return der;
  }

  /** All blocks of a text that holds nothing else. */
  static List<Pem> read(String text) throws FormatException {
    if (text.length() > MAX_LENGTH) {
      throw new FormatException(
          "a text of " + text.length() + " characters", "PEM of at most " + MAX_LENGTH);
    }
    List<Pem> blocks = new ArrayList<>();
    Matcher matcher = BLOCKS.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.find(end) && matcher.start() == end) {
      blocks.add(new Pem(matcher.group(1), decode(matcher.group(2))));
      end = matcher.end();
    }
    if (blocks.isEmpty() || end != text.length()) {
      throw new FormatException(
          labels(text).isEmpty() ? "a text without PEM" : "PEM that is malformed or encrypted",
          "PEM and nothing else");
    }
    return List.copyOf(blocks);
  }

  /** What a text's blocks say they hold, even where they are malformed. */
  static List<String> labels(String text) {
    return BEGIN.matcher(text).results().map(result -> result.group(1)).toList();
  }

  /** One block as text. */
  static String write(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static byte[] decode(String body) throws FormatException {
    try {
      return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new FormatException("PEM with invalid base64", "intact PEM");
    }
  }
}
