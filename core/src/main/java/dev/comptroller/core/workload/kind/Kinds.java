package dev.comptroller.core.workload.kind;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All kinds that run pods. */
public final class Kinds {
  /** Kinds that are read. */
  public static final List<Kind> READ =
      List.of(
          new PodKind(),
          new JobKind(),
          new CronJobKind(),
          new DeploymentKind(),
          new ReplicasKind("ReplicationController"),
          new ReplicasKind("apps/ReplicaSet"),
          new ReplicasKind("apps/StatefulSet"),
          new DaemonSetKind(),
          new ModelDeploymentKind(),
          new JobSetKind(),
          new TrainJobKind(),
          new KubeflowJobKind("PyTorchJob", "pytorchReplicaSpecs"),
          new KubeflowJobKind("TFJob", "tfReplicaSpecs"),
          new KubeflowJobKind("XGBoostJob", "xgbReplicaSpecs"),
          new KubeflowJobKind("PaddleJob", "paddleReplicaSpecs"),
          new KubeflowJobKind("JAXJob", "jaxReplicaSpecs"),
          new MpiJobKind(),
          new RayJobKind(),
          new RayClusterKind(),
          new RayServiceKind(),
          new VolcanoJobKind(),
          new LeaderWorkerSetKind(),
          new InferenceServiceKind());

  /** Kinds that run pods and are not read: what they ask for is hidden in other objects. */
  public static final Set<String> UNREAD =
      Set.of(
          "argoproj.io/CronWorkflow",
          "argoproj.io/Workflow",
          "keda.sh/ScaledJob",
          "kubeflow.org/Notebook",
          "serving.kserve.io/LLMInferenceService",
          "tekton.dev/PipelineRun",
          "tekton.dev/TaskRun");

  private static final Map<String, Kind> BY_NAME =
      READ.stream().collect(Collectors.toUnmodifiableMap(Kind::name, Function.identity()));

  private Kinds() {}

  /** The kind of this group and name, if it is read. */
  public static Optional<Kind> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Whether objects of this kind run pods that are not read. */
  public static boolean isUnread(String name) {
    return UNREAD.contains(name);
  }
}
