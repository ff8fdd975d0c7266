package dev.comptroller.core.accelerator;

import dev.comptroller.core.object.KubernetesObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The nodes of a cluster by the resources that they have. */
public final class NodeInventory {
  private final Map<String, List<NodeWeights>> byResource = new HashMap<>();

  /**
   * @param nodes all Node objects
   */
  public NodeInventory(List<KubernetesObject> nodes) {
    for (KubernetesObject node : nodes) {
      NodeWeights weights = new NodeWeights(node);
      for (String resource : weights.resources()) {
        byResource.computeIfAbsent(resource, name -> new ArrayList<>()).add(weights);
      }
    }
  }

  /** The nodes that have any of a resource. */
  public List<NodeWeights> offering(String resource) {
    return byResource.getOrDefault(resource, List.of());
  }
}
