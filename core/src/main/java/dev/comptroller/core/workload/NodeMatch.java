package dev.comptroller.core.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.object.KubernetesObject;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether pods may land on a node, by their node selector and their required node affinity. */
public final class NodeMatch {
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,30}");

  private NodeMatch() {}

  /** Whether pods of this spec may land on the node. */
  public static boolean of(Field podSpec, KubernetesObject node) {
    Field affinity =
        podSpec
            .get("affinity")
            .get("nodeAffinity")
            .get("requiredDuringSchedulingIgnoredDuringExecution");
    return labels(podSpec.get("nodeSelector").texts(), node)
        && (!affinity.present() || selector(affinity, node));
  }

  /** Whether the node has all these labels. */
  public static boolean labels(Map<String, String> required, KubernetesObject node) {
    JsonNode labels = node.metadata().path("labels");
    for (Map.Entry<String, String> label : required.entrySet()) {
      JsonNode found = labels.path(label.getKey());
      if (found.isMissingNode() || !found.asText().equals(label.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** Whether a node selector, which is one of several terms, matches the node. */
  public static boolean selector(Field selector, KubernetesObject node) {
    return selector.get("nodeSelectorTerms").elements().stream().anyMatch(term -> term(term, node));
  }

  private static boolean term(Field term, KubernetesObject node) {
    List<Field> labels = term.get("matchExpressions").elements();
    List<Field> fields = term.get("matchFields").elements();
    return !(labels.isEmpty() && fields.isEmpty())
        && labels.stream().allMatch(each -> expression(each, node.labels()))
        && fields.stream().allMatch(each -> expression(each, Map.of("metadata.name", node.name())));
  }

  private static boolean expression(Field expression, Map<String, String> labels) {
    String key = expression.get("key").textOrEmpty();
    String value = labels.getOrDefault(key, "");
    boolean there = labels.containsKey(key);
    List<String> values =
        expression.get("values").elements().stream().map(Field::textOrEmpty).toList();
    return switch (expression.get("operator").textOrEmpty()) {
      case "In" -> there && values.contains(value);
      case "NotIn" -> !there || !values.contains(value);
      case "Exists" -> there;
      case "DoesNotExist" -> !there;
      case "Gt" -> compare(value, values) > 0;
      case "Lt" -> compare(value, values) < 0;
      default -> true;
    };
  }

  private static int compare(String value, List<String> values) {
    boolean numbers =
        values.size() == 1
            && WHOLE.matcher(value).matches()
            && WHOLE.matcher(values.getFirst()).matches();
    return numbers ? new BigInteger(value).compareTo(new BigInteger(values.getFirst())) : 0;
  }
}
