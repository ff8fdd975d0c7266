package dev.comptroller.core.derivation;

import dev.comptroller.core.object.KubernetesObject;
import java.util.List;

/** What a ModelDeployment stands for. */
public final class ModelDeploymentResources {
  private ModelDeploymentResources() {}

  /**
   * Everything the operator makes of it.
   *
   * @throws IllegalArgumentException if the spec cannot be read
   */
  public static WiredResources of(KubernetesObject deployment, Wiring wiring) {
    return new WiredResources(List.of(), workload(deployment), List.of());
  }

  /**
   * The child that runs pods, exactly as the operator makes it.
   *
   * @throws IllegalArgumentException if the spec cannot be read
   */
  public static KubernetesObject workload(KubernetesObject deployment) {
    return deployment;
  }
}
