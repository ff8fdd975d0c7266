package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.KubernetesObject;
import java.util.List;
import java.util.stream.IntStream;

/** A Grafana dashboard in a ConfigMap, found by Grafana's sidecar through its label. */
record Dashboard(String title, List<Panel> panels) {
  private static final int WIDTH = 12;
  private static final int HEIGHT = 8;

  /**
   * One graph.
   *
   * @param unit Grafana's name of the unit
   * @param expression PromQL
   */
  record Panel(String title, String unit, String expression) {}

  /**
   * The ConfigMap; the key is unique in the cluster, because the sidecar puts all into one folder.
   */
  KubernetesObject configMap(Parent parent, String name) {
    String key = parent.object().namespace() + "-" + name + ".json";
    KubernetesObject map =
        parent.child(
            "v1", "ConfigMap", name, Json.object("data", Json.object(key, json(key).toString())));
    map.json().withObject("/metadata/labels").put("grafana_dashboard", "1");
    return map;
  }

  private ObjectNode json(String key) {
    return Json.object(
        "uid",
        Digest.of(key).hex().substring(0, 16),
        "title",
        title,
        "tags",
        Json.list("comptroller"),
        "schemaVersion",
        39,
        "refresh",
        "1m",
        "time",
        Json.object("from", "now-6h", "to", "now"),
        "panels",
        IntStream.range(0, panels.size())
            .<JsonNode>mapToObj(i -> panel(i, panels.get(i)))
            .collect(Json.toList()));
  }

  private static ObjectNode panel(int index, Panel panel) {
    return Json.object(
        "id",
        index + 1,
        "type",
        "timeseries",
        "title",
        panel.title(),
        "gridPos",
        Json.object("x", (index % 2) * WIDTH, "y", (index / 2) * HEIGHT, "w", WIDTH, "h", HEIGHT),
        "fieldConfig",
        Json.object("defaults", Json.object("unit", panel.unit(), "min", 0)),
        "targets",
        Json.list(Json.object("refId", "A", "expr", panel.expression())));
  }
}
