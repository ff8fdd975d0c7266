package dev.comptroller.webhook.review;

import java.util.Map;
import java.util.Optional;

/**
 * Kinds of the objects whose subresources are reviewed. A review of {@code deployments/scale} names
 * the kind of its body, {@code Scale}, and of its owner only the resource.
 */
final class SubresourceOwners {
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("/pods", "Pod"),
          Map.entry("/replicationcontrollers", "ReplicationController"),
          Map.entry("apps/deployments", "Deployment"),
          Map.entry("apps/replicasets", "ReplicaSet"),
          Map.entry("apps/statefulsets", "StatefulSet"),
          Map.entry("comptroller.dev/modeldeployments", "ModelDeployment"),
          Map.entry("kubeflow.org/jaxjobs", "JAXJob"),
          Map.entry("kubeflow.org/mpijobs", "MPIJob"),
          Map.entry("kubeflow.org/paddlejobs", "PaddleJob"),
          Map.entry("kubeflow.org/pytorchjobs", "PyTorchJob"),
          Map.entry("kubeflow.org/tfjobs", "TFJob"),
          Map.entry("kubeflow.org/xgboostjobs", "XGBoostJob"),
          Map.entry("leaderworkerset.x-k8s.io/leaderworkersets", "LeaderWorkerSet"));

  private SubresourceOwners() {}

  /** The kind behind a resource, if its subresources are reviewed. */
  static Optional<String> kindOf(String group, String resource) {
    return Optional.ofNullable(KINDS.get(group + "/" + resource));
  }
}
