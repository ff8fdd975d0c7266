package dev.comptroller.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

/**
 * A kind that prices depend on.
 *
 * @param group API group, empty for the core group
 * @param makesDearer whether a change of it may make a TrainingRun or ModelDeployment dearer that
 *     is already there; nodes and the devices on them come and go, and make none dearer than the
 *     dearest it was priced by
 */
record SurroundingKind(
    String group,
    String version,
    String plural,
    String kind,
    boolean namespaced,
    boolean makesDearer) {
  private static final String DEVICES = "resource.k8s.io";
  private static final String TRAINER = "trainer.kubeflow.org";
  private static final String KSERVE = "serving.kserve.io";
  private static final String CLAIM_OF_A_POD = "resource.kubernetes.io/pod-claim-name";

  /** All of them. */
  static final List<SurroundingKind> ALL =
      List.of(
          new SurroundingKind("", "v1", "nodes", "Node", false, false),
          new SurroundingKind("", "v1", "limitranges", "LimitRange", true, true),
          new SurroundingKind("node.k8s.io", "v1", "runtimeclasses", "RuntimeClass", false, true),
          new SurroundingKind(
              "autoscaling",
              "v2",
              "horizontalpodautoscalers",
              "HorizontalPodAutoscaler",
              true,
              false),
          new SurroundingKind("keda.sh", "v1alpha1", "scaledobjects", "ScaledObject", true, false),
          new SurroundingKind(DEVICES, "v1", "deviceclasses", "DeviceClass", false, true),
          new SurroundingKind(DEVICES, "v1", "resourceslices", "ResourceSlice", false, false),
          new SurroundingKind(DEVICES, "v1", "resourceclaims", "ResourceClaim", true, true),
          new SurroundingKind(
              DEVICES, "v1", "resourceclaimtemplates", "ResourceClaimTemplate", true, true),
          new SurroundingKind(
              TRAINER, "v1alpha1", "trainingruntimes", "TrainingRuntime", true, false),
          new SurroundingKind(
              TRAINER,
              "v1alpha1",
              "clustertrainingruntimes",
              "ClusterTrainingRuntime",
              false,
              false),
          new SurroundingKind(KSERVE, "v1alpha1", "servingruntimes", "ServingRuntime", true, false),
          new SurroundingKind(
              KSERVE, "v1alpha1", "clusterservingruntimes", "ClusterServingRuntime", false, false));

  /** Group and kind, such as {@code keda.sh/ScaledObject}. */
  String groupAndKind() {
    return group.isEmpty() ? kind : group + "/" + kind;
  }

  /** Group and version, as manifests write them. */
  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  ResourceDefinitionContext context() {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withPlural(plural)
        .withKind(kind)
        .withNamespaced(namespaced)
        .build();
  }

  /** Drops, in place, what no price reads and what there is much of. */
  void reduce(ObjectNode object) {
    ObjectNode metadata = object.withObject("/metadata");
    if (kind.equals("ResourceClaim") && metadata.path("annotations").has(CLAIM_OF_A_POD)) {
      // The claim of one pod is priced by its template.
      object.remove("spec");
    }
    switch (kind) {
      case "Node" -> {
        object.remove("spec");
        object.withObject("/status").retain("capacity", "allocatable");
      }
      case "ResourceClaim" -> object.withObject("/status").retain("allocation");
      default -> object.remove("status");
    }
    metadata.remove("annotations");
  }
}
