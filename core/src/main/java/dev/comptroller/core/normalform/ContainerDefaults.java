package dev.comptroller.core.normalform;

import static dev.comptroller.core.normalform.Elements.fill;
import static dev.comptroller.core.normalform.Elements.object;
import static dev.comptroller.core.normalform.Elements.objects;
import static dev.comptroller.core.normalform.Elements.required;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the API server fills into a container of any kind. */
final class ContainerDefaults {
  private ContainerDefaults() {}

  static void fillIn(ObjectNode container) {
    Images.fillPullPolicy(container, "image", "imagePullPolicy");
    fill(container, "terminationMessagePath", "/dev/termination-log");
    fill(container, "terminationMessagePolicy", "File");
    objects(container.path("ports")).forEach(port -> fill(port, "protocol", "TCP"));
    for (ObjectNode variable : objects(container.path("env"))) {
      object(variable, "valueFrom").forEach(ContainerDefaults::source);
    }
    required(container, "resources").forEach(Quantities::resources);
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      object(container, probe).forEach(ContainerDefaults::probe);
    }
    for (ObjectNode lifecycle : object(container, "lifecycle")) {
      object(lifecycle, "postStart").forEach(ContainerDefaults::handler);
      object(lifecycle, "preStop").forEach(ContainerDefaults::handler);
    }
  }

  /** Where a variable, or a file of the downward API, takes its value from. */
  static void source(ObjectNode source) {
    object(source, "fieldRef").forEach(field -> fill(field, "apiVersion", "v1"));
    object(source, "fileKeyRef").forEach(key -> fill(key, "optional", false));
    for (ObjectNode resource : object(source, "resourceFieldRef")) {
      fill(resource, "divisor", "0");
      Quantities.member(resource, "divisor");
    }
  }

  private static void probe(ObjectNode probe) {
    fill(probe, "timeoutSeconds", 1);
    fill(probe, "periodSeconds", 10);
    fill(probe, "successThreshold", 1);
    fill(probe, "failureThreshold", 3);
    object(probe, "grpc").forEach(grpc -> fill(grpc, "service", ""));
    handler(probe);
  }

  private static void handler(ObjectNode handler) {
    for (ObjectNode request : object(handler, "httpGet")) {
      fill(request, "path", "/");
      fill(request, "scheme", "HTTP");
    }
  }
}
