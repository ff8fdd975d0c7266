package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.ModelDeploymentSpec;
import dev.comptroller.api.v1alpha1.ServedModel;
import dev.comptroller.api.v1alpha1.ServingResources;
import dev.comptroller.api.v1alpha1.ServingRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pod that serves a model: the runtime's container, told which model by {@code MODEL_NAME},
 * {@code MODEL_VERSION} and {@code MODEL_URI}. It is ready once it listens.
 */
final class ServingPodSpec {
  /** Name of the port that serves requests. */
  static final String PORT = "http";

  /** Name of the port that serves metrics. */
  static final String METRICS_PORT = "metrics";

  private ServingPodSpec() {}

  static ObjectNode of(ModelDeploymentSpec spec) {
    ServingRuntime runtime = spec.runtime();
    ObjectNode container =
        Json.object(
            "name",
            "model",
            "image",
            runtime.image(),
            "command",
            Json.list(runtime.command().toArray()),
            "args",
            Json.list(runtime.args().toArray()),
            "env",
            variables(spec.model(), runtime.env()),
            "ports",
            ports(runtime),
            "resources",
            resources(runtime.resources()),
            "readinessProbe",
            Json.object("tcpSocket", Json.object("port", PORT)));
    return Json.object(
        "nodeSelector", Json.strings(runtime.nodeSelector()), "containers", Json.list(container));
  }

  private static ArrayNode variables(ServedModel model, Map<String, String> declared) {
    Map<String, String> variables = new TreeMap<>(declared);
    variables.put("MODEL_NAME", model.name());
    variables.put("MODEL_VERSION", model.version());
    variables.put("MODEL_URI", model.uri());
    return variables.entrySet().stream()
        .<JsonNode>map(entry -> Json.object("name", entry.getKey(), "value", entry.getValue()))
        .collect(Json.toList());
  }

  private static ArrayNode ports(ServingRuntime runtime) {
    List<ObjectNode> ports = new ArrayList<>();
    ports.add(Json.object("name", PORT, "containerPort", runtime.port()));
    Integer metrics = runtime.metricsPort();
    if (metrics != null) {
      ports.add(Json.object("name", METRICS_PORT, "containerPort", metrics));
    }
    return Json.list(ports.toArray());
  }

  private static ObjectNode resources(@Nullable ServingResources resources) {
    return resources == null
        ? Json.object()
        : Json.object(
            "limits",
            Json.strings(resources.limits()),
            "requests",
            Json.strings(resources.requests()));
  }
}
