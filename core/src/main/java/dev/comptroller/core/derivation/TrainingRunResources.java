package dev.comptroller.core.derivation;

import dev.comptroller.core.object.KubernetesObject;
import java.util.List;

/** What a TrainingRun stands for. */
public final class TrainingRunResources {
  private TrainingRunResources() {}

  /**
   * Everything the operator makes of it.
   *
   * @throws IllegalArgumentException if the spec cannot be read
   */
  public static WiredResources of(KubernetesObject run, Wiring wiring) {
    return new WiredResources(List.of(), workload(run), List.of());
  }

  /**
   * The child that runs pods, exactly as the operator makes it.
   *
   * @throws IllegalArgumentException if the spec cannot be read
   */
  public static KubernetesObject workload(KubernetesObject run) {
    return run;
  }
}
