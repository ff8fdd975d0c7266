package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.object.KubernetesObject;
import java.util.Optional;

/** What owners of one kind stand for in children of one kind. */
interface Relation {

  /**
   * What a child has and what it has to have, in comparable form.
   *
   * @param found what the child has
   * @param required what its owner stands for
   */
  record Comparison(JsonNode found, JsonNode required) {}

  /**
   * Sets a child against its owner.
   *
   * @throws IllegalArgumentException if either cannot be read
   */
  Comparison compare(KubernetesObject child, KubernetesObject owner);

  /** The relation between a child and its owner; empty if such an owner has no such children. */
  static Optional<Relation> between(KubernetesObject child, KubernetesObject owner) {
    return switch (owner.apiVersion() + " " + owner.kind()) {
      case "comptroller.dev/v1alpha1 TrainingRun" -> Optional.of(new TrainingRunChild());
      case "comptroller.dev/v1alpha1 ModelDeployment" -> Optional.of(new ModelDeploymentChild());
      case "batch/v1 CronJob" -> of(child, "batch/v1", "Job", new CronJobJobs());
      case "batch/v1 Job" -> of(child, "v1", "Pod", new JobPods());
      case "apps/v1 Deployment" -> of(child, "apps/v1", "ReplicaSet", new DeploymentReplicaSets());
      case "apps/v1 ReplicaSet" -> of(child, "v1", "Pod", new ReplicaSetPods());
      case "apps/v1 StatefulSet" -> of(child, "v1", "Pod", new StatefulSetPods());
      case "apps/v1 DaemonSet" -> of(child, "v1", "Pod", new DaemonSetPods());
      default -> Optional.empty();
    };
  }

  private static Optional<Relation> of(
      KubernetesObject child, String apiVersion, String kind, Relation relation) {
    boolean fits = child.apiVersion().equals(apiVersion) && child.kind().equals(kind);
    return fits ? Optional.of(relation) : Optional.empty();
  }
}
