package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;

/** What tells Prometheus where to scrape. */
final class Monitors {
  /** API version of the Prometheus Operator's kinds. */
  static final String VERSION = "monitoring.coreos.com/v1";

  private Monitors() {}

  /** A PodMonitor of one named port of the parent's pods. */
  static KubernetesObject pods(
      Parent parent, String name, String port, String path, Wiring wiring) {
    ObjectNode spec =
        Json.object(
            "selector",
            parent.selector(),
            "podTargetLabels",
            Json.list(parent.label()),
            "podMetricsEndpoints",
            Json.list(Json.object("port", port, "path", path)));
    return labelled(parent.child(VERSION, "PodMonitor", name, Json.object("spec", spec)), wiring);
  }

  /** A ServiceMonitor of one named port of the parent's service. */
  static KubernetesObject service(
      Parent parent, String name, String port, String path, Wiring wiring) {
    ObjectNode spec =
        Json.object(
            "selector",
            parent.selector(),
            "targetLabels",
            Json.list(parent.label()),
            "endpoints",
            Json.list(Json.object("port", port, "path", path)));
    return labelled(
        parent.child(VERSION, "ServiceMonitor", name, Json.object("spec", spec)), wiring);
  }

  /** Adds the labels by which Prometheus selects; ours are never overwritten. */
  static KubernetesObject labelled(KubernetesObject object, Wiring wiring) {
    ObjectNode labels = object.json().withObject("/metadata/labels");
    Json.strings(wiring.monitoringLabels())
        .properties()
        .forEach(label -> labels.putIfAbsent(label.getKey(), label.getValue()));
    return object;
  }
}
