package dev.comptroller.cli.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import java.util.List;

/** Applies changes to objects; the object given stays as it is. */
public final class ObjectChanges {
  private ObjectChanges() {}

  /** The object with all changes made, in their order. */
  public static KubernetesObject apply(KubernetesObject object, List<Change> changes) {
    ObjectNode json = object.json().deepCopy();
    changes.forEach(change -> apply(json, change));
    return new KubernetesObject(json);
  }

  private static void apply(ObjectNode json, Change change) {
    ObjectNode parent = json;
    for (String name : change.path().subList(0, change.path().size() - 1)) {
      parent = parent.path(name) instanceof ObjectNode child ? child : parent.putObject(name);
    }
    String field = change.path().getLast();
    if (change.value().isPresent()) {
      parent.put(field, change.value().get());
    } else {
      parent.remove(field);
    }
  }
}
