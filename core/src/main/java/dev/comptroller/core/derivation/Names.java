package dev.comptroller.core.derivation;

import dev.comptroller.core.object.Digest;
import java.util.regex.Pattern;

/**
 * Names of what is wired: the parent's name with a suffix, as a DNS label of at most 63 characters
 * that begins with a letter. A name that cannot be one is made one and gets a hash, so that two
 * parents never share a name.
 */
public final class Names {
  private static final int LONGEST = 63;
  private static final int HASH = 8;
  private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

  private Names() {}

  /** The name of something of this parent. */
  static String of(String parent, String suffix) {
    if (LABEL.matcher(parent).matches() && parent.length() + suffix.length() <= LONGEST) {
      return parent + suffix;
    }
    String plain = parent.replaceAll("[^a-z0-9-]", "-").replaceAll("^[^a-z]+", "");
    int room = LONGEST - suffix.length() - HASH - 1;
    String kept = plain.substring(0, Math.min(room, plain.length()));
    String hash = Digest.of(parent).hex().substring(0, HASH);
    return (kept.isEmpty() ? "x" : kept) + "-" + hash + suffix;
  }

  /** The value of the label that names this parent: its name, unless that is too long for one. */
  public static String label(String parent) {
    return parent.length() <= LONGEST ? parent : of(parent, "");
  }
}
