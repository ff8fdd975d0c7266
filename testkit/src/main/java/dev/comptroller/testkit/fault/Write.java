package dev.comptroller.testkit.fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that changes something.
 *
 * @param method HTTP method
 * @param path without query, such as {@code /api/v1/namespaces/research/configmaps/sft}
 */
public record Write(String method, String path) {
  private static final Pattern NAMESPACE = Pattern.compile("/namespaces/([^/]+)/.*");

  /** The namespace of what is written; empty for what has none. */
  public String namespace() {
    Matcher matcher = NAMESPACE.matcher(path);
    return matcher.find() ? matcher.group(1) : "";
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
