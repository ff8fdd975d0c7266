package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import java.util.List;

/** Roles over named objects, and who has them. */
final class Rbac {
  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final String VERSION = GROUP + "/v1";

  private Rbac() {}

  /** A right to one verb on exactly these objects. */
  static ObjectNode rule(String group, String resource, List<String> names, String verb) {
    return Json.object(
        "apiGroups",
        Json.list(group),
        "resources",
        Json.list(resource),
        "resourceNames",
        Json.list(names.toArray()),
        "verbs",
        Json.list(verb));
  }

  /** A Role of one rule. */
  static KubernetesObject role(Parent parent, String name, ObjectNode rule) {
    return parent.child(VERSION, "Role", name, Json.object("rules", Json.list(rule)));
  }

  /** A ServiceAccount as a subject. */
  static ObjectNode account(String namespace, String name) {
    return Json.object("kind", "ServiceAccount", "name", name, "namespace", namespace);
  }

  /** The binding of the Role of the same name; without subjects nobody has it. */
  static KubernetesObject binding(Parent parent, String name, List<ObjectNode> subjects) {
    ObjectNode content =
        Json.object("roleRef", Json.object("apiGroup", GROUP, "kind", "Role", "name", name));
    if (!subjects.isEmpty()) {
      content.set("subjects", Json.list(subjects.toArray()));
    }
    return parent.child(VERSION, "RoleBinding", name, content);
  }
}
