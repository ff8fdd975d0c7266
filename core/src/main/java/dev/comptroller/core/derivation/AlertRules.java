package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The groups of one PrometheusRule. */
final class AlertRules {
  private final Map<String, String> labels;
  private final List<JsonNode> rules = new ArrayList<>();

  /**
   * @param labels of every rule, such as who answers for the workload
   */
  AlertRules(Map<String, String> labels) {
    this.labels = Map.copyOf(labels);
  }

  /** A series that is computed once and read by alerts and dashboards. */
  AlertRules record(String series, String expression) {
    rules.add(Json.object("record", series, "expr", expression, "labels", Json.strings(labels)));
    return this;
  }

  /**
   * An alert.
   *
   * @param severity {@code page} or {@code ticket}
   * @param pending how long the expression has to hold, such as {@code 30m}
   */
  AlertRules alert(
      String name, String severity, String pending, String expression, String summary) {
    ObjectNode all = Json.strings(labels);
    all.put("severity", severity);
    rules.add(
        Json.object(
            "alert",
            name,
            "expr",
            expression,
            "for",
            pending,
            "labels",
            all,
            "annotations",
            Json.object("summary", summary)));
    return this;
  }

  /** The rules as one group. */
  ObjectNode group(String name) {
    return Json.object("name", name, "rules", Json.list(rules.toArray()));
  }

  /** The PrometheusRule of these groups. */
  static KubernetesObject object(
      Parent parent, String name, Wiring wiring, List<ObjectNode> groups) {
    return Monitors.labelled(
        parent.child(
            Monitors.VERSION,
            "PrometheusRule",
            name,
            Json.object("spec", Json.object("groups", Json.list(groups.toArray())))),
        wiring);
  }
}
