package dev.comptroller.core.normalform;

import static dev.comptroller.core.normalform.Elements.fill;
import static dev.comptroller.core.normalform.Elements.object;
import static dev.comptroller.core.normalform.Elements.objects;
import static dev.comptroller.core.normalform.Elements.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the API server fills into pod templates, and what into pods alone. */
final class PodDefaults {
  private static final List<String> CONTAINERS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private PodDefaults() {}

  /** Fills in a pod template. */
  static void template(ObjectNode template) {
    required(template, "metadata");
    object(template, "spec").forEach(PodDefaults::spec);
  }

  /** Fills in a pod's spec, which gets a little more than a template's. */
  static void pod(ObjectNode spec) {
    spec(spec);
    fill(spec, "serviceAccountName", "default");
    fill(spec, "enableServiceLinks", true);
    boolean hostNetwork = spec.path("hostNetwork").asBoolean(false);
    for (String kind : List.of("initContainers", "containers")) {
      for (ObjectNode container : objects(spec.path(kind))) {
        object(container, "resources").forEach(PodDefaults::requestsFromLimits);
        if (hostNetwork) {
          objects(container.path("ports")).forEach(PodDefaults::hostPort);
        }
      }
    }
  }

  private static void spec(ObjectNode spec) {
    fill(spec, "dnsPolicy", "ClusterFirst");
    fill(spec, "restartPolicy", "Always");
    fill(spec, "terminationGracePeriodSeconds", 30);
    fill(spec, "schedulerName", "default-scheduler");
    required(spec, "securityContext");
    serviceAccount(spec);
    object(spec, "overhead").forEach(Quantities::resourceList);
    object(spec, "resources").forEach(Quantities::resources);
    objects(spec.path("volumes")).forEach(VolumeDefaults::fillIn);
    for (String kind : CONTAINERS) {
      objects(spec.path(kind)).forEach(ContainerDefaults::fillIn);
    }
  }

  /** The server writes both names and reads the old one where the new one is absent. */
  private static void serviceAccount(ObjectNode spec) {
    JsonNode old = spec.remove("serviceAccount");
    if (old != null) {
      spec.putIfAbsent("serviceAccountName", old);
    }
  }

  private static void requestsFromLimits(ObjectNode resources) {
    for (ObjectNode limits : object(resources, "limits")) {
      for (ObjectNode requests : required(resources, "requests")) {
        limits
            .properties()
            .forEach(limit -> requests.putIfAbsent(limit.getKey(), limit.getValue()));
      }
    }
  }

  private static void hostPort(ObjectNode port) {
    if (port.has("containerPort")) {
      port.putIfAbsent("hostPort", port.path("containerPort"));
    }
  }
}
