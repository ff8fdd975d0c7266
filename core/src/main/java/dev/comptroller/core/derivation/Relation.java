package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.object.KubernetesObject;
import java.util.Map;
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

  /**
   * Children of one kind of owner.
   *
   * @param apiVersion their API version; empty if they may be of any kind
   * @param kind their kind
   */
  record Children(String apiVersion, String kind, Relation relation) {
    private static Children ofAnyKind(Relation relation) {
      return new Children("", "", relation);
    }

    private boolean include(KubernetesObject child) {
      return apiVersion.isEmpty()
          || (apiVersion.equals(child.apiVersion()) && kind.equals(child.kind()));
    }
  }

  /** What is known of children, by API version and kind of their owner. */
  Map<String, Children> BY_OWNER =
      Map.of(
          "comptroller.dev/v1alpha1 TrainingRun",
          Children.ofAnyKind(new TrainingRunChild()),
          "comptroller.dev/v1alpha1 ModelDeployment",
          Children.ofAnyKind(new ModelDeploymentChild()),
          "batch/v1 CronJob",
          new Children("batch/v1", "Job", new CronJobJobs()),
          "batch/v1 Job",
          new Children("v1", "Pod", new JobPods()),
          "apps/v1 Deployment",
          new Children("apps/v1", "ReplicaSet", new DeploymentReplicaSets()),
          "apps/v1 ReplicaSet",
          new Children("v1", "Pod", new ReplicaSetPods()),
          "apps/v1 StatefulSet",
          new Children("v1", "Pod", new StatefulSetPods()),
          "apps/v1 DaemonSet",
          new Children("v1", "Pod", new DaemonSetPods()));

  /** The relation between a child and its owner; empty if such an owner has no such children. */
  static Optional<Relation> between(KubernetesObject child, KubernetesObject owner) {
    return Optional.ofNullable(BY_OWNER.get(owner.apiVersion() + " " + owner.kind()))
        .filter(children -> children.include(child))
        .map(Children::relation);
  }
}
