package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A StatefulSet's pods are its template with the pod's own host name and volume claims. Pods of an
 * older revision, which an unfinished rollout may make, are not recognised.
 */
final class StatefulSetPods implements Relation {
  @Override
  public Comparison compare(KubernetesObject pod, KubernetesObject set) {
    ObjectNode spec = PodSpecs.template(set);
    spec.put("hostname", pod.name());
    if (set.spec().hasNonNull("serviceName")) {
      spec.set("subdomain", set.spec().get("serviceName"));
    }
    spec.set("volumes", volumes(spec.path("volumes"), set.spec(), pod.name()));
    Comparison comparison = PodSpecs.compare(pod, spec);
    sortVolumes(comparison.found());
    sortVolumes(comparison.required());
    return comparison;
  }

  private static ArrayNode volumes(JsonNode template, JsonNode set, String pod) {
    Set<String> claimed =
        elements(set.path("volumeClaimTemplates"))
            .map(claim -> claim.at("/metadata/name").asText())
            .collect(Collectors.toSet());
    Stream<JsonNode> claims =
        claimed.stream()
            .map(
                name ->
                    Json.object(
                        "name",
                        name,
                        "persistentVolumeClaim",
                        Json.object("claimName", name + "-" + pod)));
    Stream<JsonNode> others =
        elements(template).filter(volume -> !claimed.contains(volume.path("name").asText()));
    return Stream.concat(claims, others).collect(Json.toList());
  }

  /** The controller puts claims into no particular order. */
  private static void sortVolumes(JsonNode form) {
    if (form.get("spec") instanceof ObjectNode spec && spec.has("volumes")) {
      spec.set(
          "volumes",
          elements(spec.path("volumes"))
              .sorted(Comparator.comparing(volume -> volume.path("name").asText()))
              .collect(Json.toList()));
    }
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
