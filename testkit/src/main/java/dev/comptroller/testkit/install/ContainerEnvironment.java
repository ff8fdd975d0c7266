package dev.comptroller.testkit.install;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container's variables, and references to them, resolved as the kubelet does. */
final class ContainerEnvironment {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");

  private ContainerEnvironment() {}

  /**
   * The values of variables in their order.
   *
   * @param podFields what {@code fieldRef} may name, by field path
   */
  static Map<String, String> resolve(List<EnvVar> variables, Map<String, String> podFields) {
    Map<String, String> resolved = new LinkedHashMap<>();
    for (EnvVar variable : variables) {
      EnvVarSource source = variable.getValueFrom();
      String value =
          source == null
              ? expand(variable.getValue() == null ? "" : variable.getValue(), resolved)
              : fromField(variable.getName(), source, podFields);
      resolved.put(variable.getName(), value);
    }
    return resolved;
  }

  /** Replaces {@code $(NAME)} where NAME is known and leaves it where it is not. */
  static String expand(String text, Map<String, String> variables) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(variables.getOrDefault(match.group(1), match.group())));
  }

  private static String fromField(String name, EnvVarSource source, Map<String, String> podFields) {
    String value =
        source.getFieldRef() == null ? null : podFields.get(source.getFieldRef().getFieldPath());
    if (value == null) {
      throw new IllegalStateException(
          "Variable "
              + name
              + " has a source without a local form; there is fieldRef to "
              + podFields.keySet());
    }
    return value;
  }
}
