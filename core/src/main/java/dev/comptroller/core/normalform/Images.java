package dev.comptroller.core.normalform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The pull policy that the API server chooses from an image's name. */
final class Images {
  private Images() {}

  /** Fills in {@code Always} for the tag latest, written or implied, else {@code IfNotPresent}. */
  static void fillPullPolicy(ObjectNode holder, String imageMember, String policyMember) {
    String image = holder.path(imageMember).asText("");
    Elements.fill(holder, policyMember, isLatest(image) ? "Always" : "IfNotPresent");
  }

  private static boolean isLatest(String image) {
    int at = image.indexOf('@');
    String named = at < 0 ? image : image.substring(0, at);
    int colon = named.lastIndexOf(':');
    boolean tagged = colon > named.lastIndexOf('/');
    String repository = path(tagged ? named.substring(0, colon) : named);
    // The server takes a name it cannot parse for one with a tag of its own.
    if (repository.isEmpty() || !repository.equals(repository.toLowerCase(Locale.ROOT))) {
      return false;
    }
    return tagged ? named.substring(colon + 1).equals("latest") : at < 0;
  }

  /** The name without its registry, which alone may hold capitals. */
  private static String path(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      return name;
    }
    String first = name.substring(0, slash);
    boolean registry =
        first.contains(".")
            || first.contains(":")
            || first.equals("localhost")
            || !first.equals(first.toLowerCase(Locale.ROOT));
    return registry ? name.substring(slash + 1) : name;
  }
}
