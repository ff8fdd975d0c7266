package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may open connections to the pods of a parent; everybody else may not. Connections that the
 * pods open themselves are not restricted: where data, registries and trackers are is not known
 * here.
 */
final class Ingress {
  private final Parent parent;
  private final List<JsonNode> rules = new ArrayList<>();

  Ingress(Parent parent) {
    this.parent = parent;
  }

  /** Pods of the same parent, on every port. */
  Ingress fromEachOther() {
    rules.add(Json.object("from", Json.list(Json.object("podSelector", parent.selector()))));
    return this;
  }

  /** All pods of these namespaces, on one port; nobody if there are none. */
  Ingress fromNamespaces(List<String> namespaces, ObjectNode port) {
    if (!namespaces.isEmpty()) {
      rules.add(
          Json.object(
              "from",
              namespaces.stream().map(Ingress::namespace).collect(Json.toList()),
              "ports",
              Json.list(port)));
    }
    return this;
  }

  /** A TCP port by number or name. */
  static ObjectNode port(Object port) {
    return Json.object("protocol", "TCP", "port", port);
  }

  /** The NetworkPolicy of that name. */
  KubernetesObject policy(String name) {
    ObjectNode spec =
        Json.object("podSelector", parent.selector(), "policyTypes", Json.list("Ingress"));
    if (!rules.isEmpty()) {
      spec.set("ingress", Json.list(rules.toArray()));
    }
    return parent.child("networking.k8s.io/v1", "NetworkPolicy", name, Json.object("spec", spec));
  }

  private static JsonNode namespace(String name) {
    return Json.object(
        "namespaceSelector",
        Json.object("matchLabels", Json.object("kubernetes.io/metadata.name", name)));
  }
}
