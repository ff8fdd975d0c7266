package dev.comptroller.webhook.review;

import java.util.Map;
import java.util.Optional;

/**
 * Kinds of the objects whose subresources are reviewed. A review of {@code deployments/scale} names
 * the kind of its body, {@code Scale}, and of its owner only the resource.
 */
final class SubresourceOwners {
  private static final Map<String, String> KINDS =
      Map.of(
          "/pods", "Pod",
          "apps/deployments", "Deployment",
          "apps/replicasets", "ReplicaSet",
          "apps/statefulsets", "StatefulSet",
          "comptroller.dev/modeldeployments", "ModelDeployment");

  private SubresourceOwners() {}

  /** The kind behind a resource, if its subresources are reviewed. */
  static Optional<String> kindOf(String group, String resource) {
    return Optional.ofNullable(KINDS.get(group + "/" + resource));
  }
}
