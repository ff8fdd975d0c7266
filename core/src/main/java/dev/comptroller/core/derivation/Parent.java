package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;

/**
 * The object that everything wired belongs to.
 *
 * @param object the parent
 * @param label name of the label that names it on all that is made of it, pods included
 */
record Parent(KubernetesObject object, String label) {

  /** Name of the workload and the service. */
  String name() {
    return Names.of(object.name(), "");
  }

  /** Name of something beside the workload. */
  String name(String suffix) {
    return Names.of(object.name(), suffix);
  }

  /** The label that all of it has, as a selector. */
  ObjectNode selector() {
    return Json.object("matchLabels", Json.object(label, Names.label(object.name())));
  }

  /** An object that is owned by the parent, with nothing but metadata. */
  KubernetesObject child(String apiVersion, String kind, String name, ObjectNode content) {
    ObjectNode child =
        Json.object("apiVersion", apiVersion, "kind", kind, "metadata", metadata(name));
    child.setAll(content);
    return new KubernetesObject(child);
  }

  /** Writes the label that names the parent into other labels. */
  void mark(ObjectNode labels) {
    labels.put(label, Names.label(object.name()));
  }

  private ObjectNode metadata(String name) {
    ObjectNode labels = Json.object("app.kubernetes.io/managed-by", "comptroller");
    mark(labels);
    return Json.object(
        "name",
        name,
        "namespace",
        object.namespace(),
        "labels",
        labels,
        "ownerReferences",
        Json.list(
            Json.object(
                "apiVersion",
                object.apiVersion(),
                "kind",
                object.kind(),
                "name",
                object.name(),
                "uid",
                object.uid(),
                "controller",
                true,
                "blockOwnerDeletion",
                true)));
  }
}
