package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.normalform.Specs;
import dev.comptroller.core.object.KubernetesObject;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sets a pod against the template it is to be made from. Beside what every pod gains (see {@link
 * Specs}), three things may differ, each only where the template is silent: amounts of cpu, memory
 * and local disk (a LimitRange's defaults), image pull secrets (the ServiceAccount's) and the
 * priority class (the cluster's default). No accelerator is among them.
 */
final class PodSpecs {
  /** What a LimitRange may add without changing what the workload costs. */
  private static final List<String> NATIVE = List.of("cpu", "memory", "ephemeral-storage");

  private PodSpecs() {}

  /** The pod's spec and the spec it has to have; the template is changed on the way. */
  static Relation.Comparison compare(KubernetesObject pod, ObjectNode templateSpec) {
    ObjectNode found = normal(Forms.object(pod.spec(), "the pod's spec").deepCopy());
    ObjectNode required = normal(templateSpec);
    for (String kind : List.of("initContainers", "containers")) {
      IntStream.range(0, found.path(kind).size())
          .forEach(i -> leaveOutDefaults(found.path(kind).get(i), required.path(kind).path(i)));
    }
    for (String member : List.of("imagePullSecrets", "priorityClassName")) {
      if (!required.has(member)) {
        found.remove(member);
      }
    }
    return new Relation.Comparison(Json.object("spec", found), Json.object("spec", required));
  }

  /** A copy of the pod spec in an owner's template. */
  static ObjectNode template(KubernetesObject owner) {
    return Forms.object(owner.spec().at("/template/spec"), "the owner's /spec/template/spec")
        .deepCopy();
  }

  private static ObjectNode normal(ObjectNode spec) {
    Specs.of("v1", "Pod").orElseThrow().normalise(spec);
    return spec;
  }

  private static void leaveOutDefaults(JsonNode found, JsonNode required) {
    for (String amounts : List.of("limits", "requests")) {
      if (found.path("resources") instanceof ObjectNode resources
          && resources.get(amounts) instanceof ObjectNode list) {
        JsonNode signed = required.path("resources").path(amounts);
        list.remove(NATIVE.stream().filter(name -> !signed.has(name)).toList());
        if (list.isEmpty()) {
          resources.remove(amounts);
        }
      }
    }
  }
}
