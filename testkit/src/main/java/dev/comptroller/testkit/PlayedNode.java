package dev.comptroller.testkit;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** A node beside those that every control plane has, for tests of many pods at once. */
public final class PlayedNode {
  private PlayedNode() {}

  /**
   * Adds a node with H100s, and room for as many pods.
   *
   * @param accelerators how many
   */
  public static void create(ControlPlane controlPlane, String name, int accelerators) {
    String many = Integer.toString(accelerators);
    Map<String, Quantity> resources =
        Map.of(
            "cpu", Quantity.parse(many),
            "memory", Quantity.parse(many + "Gi"),
            "pods", Quantity.parse(many),
            "nvidia.com/gpu", Quantity.parse(many));
    controlPlane
        .admin()
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("kubernetes.io/hostname", name)
                .addToLabels("nvidia.com/gpu.product", "NVIDIA-H100-80GB-HBM3")
                .endMetadata()
                .withNewStatus()
                .withCapacity(resources)
                .withAllocatable(resources)
                .endStatus()
                .build())
        .create();
  }
}
