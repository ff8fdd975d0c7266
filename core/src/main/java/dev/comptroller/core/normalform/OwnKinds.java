package dev.comptroller.core.normalform;

import static dev.comptroller.core.normalform.Elements.fill;
import static dev.comptroller.core.normalform.Elements.object;
import static dev.comptroller.core.normalform.Elements.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The defaults of our own kinds. They live here and in no schema, so that what was signed is what
 * is judged.
 */
final class OwnKinds {
  /** Members that hold the user's own keys or another kind's spec. */
  private static final Set<String> FREE =
      Set.of("hyperparameters", "env", "nodeSelector", "workload");

  private OwnKinds() {}

  static void trainingRun(ObjectNode spec) {
    dropEmpty(spec);
    secrets(spec);
    object(spec, "monitoring").forEach(monitoring -> fill(monitoring, "path", "/metrics"));
    for (ObjectNode workload : object(spec, "workload")) {
      // A run runs Jobs; of other kinds not even the suspension is known to be judged again.
      if (workload.path("apiVersion").asText("").equals("batch/v1")) {
        Specs.of("batch/v1", workload.path("kind").asText(""))
            .ifPresent(specs -> object(workload, "spec").forEach(specs::normalise));
      }
    }
  }

  static void modelDeployment(ObjectNode spec) {
    dropEmpty(spec);
    secrets(spec);
    for (ObjectNode runtime : object(spec, "runtime")) {
      object(runtime, "resources").forEach(Quantities::resources);
    }
    object(spec, "slo").forEach(objective -> fill(objective, "window", "30d"));
  }

  /** An absent, a null and an empty member are one: readers of our kinds do not tell them apart. */
  static void dropEmpty(ObjectNode object) {
    List<String> names = object.properties().stream().map(Map.Entry::getKey).toList();
    for (String name : names) {
      if (object.get(name) instanceof ObjectNode member && !FREE.contains(name)) {
        dropEmpty(member);
      }
      objects(object.path(name)).forEach(OwnKinds::dropEmpty);
      if (saysNothing(object.path(name))) {
        object.remove(name);
      }
    }
  }

  private static boolean saysNothing(JsonNode value) {
    return value.isNull()
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.textValue().isEmpty());
  }

  private static void secrets(ObjectNode spec) {
    objects(spec.path("secrets")).forEach(secret -> fill(secret, "access", "Mount"));
  }
}
