package dev.comptroller.core.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads a ModelDeployment as the pods that serve its model, at the most it may be scaled to. */
final class ModelDeploymentReader {
  private ModelDeploymentReader() {}

  static ReplicatedWorkload read(Field object) {
    Field spec = object.get("spec").required("the spec of a ModelDeployment");
    Field most = spec.get("scale").get("max").required("the most pods that may serve");
    long replicas = most.whole().orElse(0);
    return new ReplicatedWorkload(
        "ModelDeployment",
        most.pointer(),
        pod(spec.get("runtime").required("the container that serves")),
        replicas,
        "",
        replicas == 0 ? 0 : ReplicatedWorkload.SERVING_SURGE);
  }

  private static PodTemplate pod(Field runtime) {
    Map<String, String> nodeSelector = new LinkedHashMap<>();
    runtime
        .get("nodeSelector")
        .members()
        .forEach((label, value) -> nodeSelector.put(label, value.text().orElse("")));
    return new PodTemplate(
        runtime.pointer(),
        List.of(ImageReference.of(runtime.get("image"))),
        PodRequests.ofContainer(runtime).list(),
        List.of(),
        Bypasses.ofVariables(runtime.get("env")),
        nodeSelector,
        OptionalLong.empty(),
        PodTemplate.DEFAULT_GRACE_SECONDS);
  }
}
