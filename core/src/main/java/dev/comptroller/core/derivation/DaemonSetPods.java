package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** A DaemonSet's pods are its template, bound to one node and tolerant of its troubles. */
final class DaemonSetPods implements Relation {
  private static final String TERMS =
      "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms";

  @Override
  public Comparison compare(KubernetesObject pod, KubernetesObject set) {
    ObjectNode spec = PodSpecs.template(set);
    String node = pod.json().at(TERMS + "/0/matchFields/0/values/0").asText();
    spec.withObject("/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution")
        .set("nodeSelectorTerms", Json.list(onNode(node)));
    spec.set("tolerations", tolerations(spec).stream().collect(Json.toList()));
    return PodSpecs.compare(pod, spec);
  }

  private static ObjectNode onNode(String node) {
    return Json.object(
        "matchFields",
        Json.list(
            Json.object("key", "metadata.name", "operator", "In", "values", Json.list(node))));
  }

  private static List<JsonNode> tolerations(ObjectNode spec) {
    List<JsonNode> tolerations = new ArrayList<>();
    spec.path("tolerations").forEach(tolerations::add);
    put(tolerations, "not-ready", "NoExecute");
    put(tolerations, "unreachable", "NoExecute");
    put(tolerations, "disk-pressure", "NoSchedule");
    put(tolerations, "memory-pressure", "NoSchedule");
    put(tolerations, "pid-pressure", "NoSchedule");
    put(tolerations, "unschedulable", "NoSchedule");
    if (spec.path("hostNetwork").asBoolean(false)) {
      put(tolerations, "network-unavailable", "NoSchedule");
    }
    return tolerations;
  }

  /** Adds a toleration, or puts it where the template has one for the same taint. */
  private static void put(List<JsonNode> tolerations, String taint, String effect) {
    ObjectNode toleration =
        Json.object("key", "node.kubernetes.io/" + taint, "operator", "Exists", "effect", effect);
    BiPredicate<JsonNode, String> same =
        (found, member) -> found.path(member).asText().equals(toleration.path(member).asText());
    for (int i = 0; i < tolerations.size(); i++) {
      JsonNode found = tolerations.get(i);
      if (same.test(found, "key")
          && same.test(found, "effect")
          && same.test(found, "operator")
          && !found.hasNonNull("value")) {
        tolerations.set(i, toleration);
        return;
      }
    }
    tolerations.add(toleration);
  }
}
