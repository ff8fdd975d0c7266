package dev.comptroller.testkit.fault;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that may change something.
 *
 * @param method HTTP method
 * @param path without query, such as {@code /api/v1/namespaces/research/configmaps/sft}
 */
public record Write(String method, String path) {
  private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE");

  /** Questions about rights are posted, and nothing is stored. */
  private static final String QUESTIONS = "/apis/authorization.k8s.io/";

  private static final Pattern NAMESPACE = Pattern.compile("/namespaces/([^/]+)/.*");

  /** The namespace of what is written; empty for what has none. */
  public String namespace() {
    Matcher matcher = NAMESPACE.matcher(path);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** Whether it is a write, and not a question. */
  boolean changesSomething() {
    return METHODS.contains(method) && !path.startsWith(QUESTIONS);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
