package dev.comptroller.core.workload;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KubernetesObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads any object as the workload it stands for. */
public final class WorkloadReader {
  private static final String TRAINING_RUN = Api.GROUP + "/TrainingRun";

  /** How each kind is read, by group and kind; the version makes no difference to what is read. */
  private static final Map<String, Function<Field, Workload>> READERS =
      Map.of(
          "Pod",
          PodWorkload::read,
          "batch/Job",
          JobWorkload::read,
          "batch/CronJob",
          UnpricedWorkload::readCronJob,
          "apps/Deployment",
          ReplicatedWorkload::readDeployment,
          "apps/ReplicaSet",
          object -> ReplicatedWorkload.readSet("ReplicaSet", object),
          "apps/StatefulSet",
          object -> ReplicatedWorkload.readSet("StatefulSet", object),
          "apps/DaemonSet",
          UnpricedWorkload::readDaemonSet,
          Api.GROUP + "/ModelDeployment",
          ModelDeploymentReader::read);

  /** What a TrainingRun may run. */
  private static final Set<String> TRAINING_KINDS = Set.of("batch/Job");

  /** Kinds that run pods and are not read. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "ReplicationController",
          "argoproj.io/CronWorkflow",
          "argoproj.io/Workflow",
          "batch.volcano.sh/Job",
          "jobset.x-k8s.io/JobSet",
          "kubeflow.org/JAXJob",
          "kubeflow.org/MPIJob",
          "kubeflow.org/Notebook",
          "kubeflow.org/PaddleJob",
          "kubeflow.org/PyTorchJob",
          "kubeflow.org/TFJob",
          "kubeflow.org/XGBoostJob",
          "leaderworkerset.x-k8s.io/LeaderWorkerSet",
          "ray.io/RayCluster",
          "ray.io/RayJob",
          "ray.io/RayService",
          "serving.kserve.io/InferenceService",
          "serving.kserve.io/LLMInferenceService",
          "tekton.dev/PipelineRun",
          "tekton.dev/TaskRun",
          "trainer.kubeflow.org/TrainJob");

  private WorkloadReader() {}

  /**
   * Reads an object. A TrainingRun is read as its {@code spec.workload}, a ModelDeployment as the
   * serving pods it stands for. Never throws for what an object holds.
   */
  public static Reading read(KubernetesObject object) {
    try {
      return read(new Field("", object.json()));
    } catch (InvalidFieldException e) {
      return new Reading.Malformed(e.pointer(), e.found(), e.required());
    }
  }

  private static Reading read(Field object) {
    String kind = groupAndKind(object);
    if (kind.equals(TRAINING_RUN)) {
      return readTraining(object.get("spec").get("workload").required("the workload to run"));
    }
    if (UNSUPPORTED.contains(kind)) {
      return new Reading.Unsupported(kind, object.pointer());
    }
    return Optional.ofNullable(READERS.get(kind))
        .<Reading>map(reader -> new Reading.Read(reader.apply(object)))
        .orElseGet(Reading.NotAWorkload::new);
  }

  private static Reading readTraining(Field workload) {
    String kind = groupAndKind(workload);
    return TRAINING_KINDS.contains(kind)
        ? read(workload)
        : new Reading.Unsupported(kind, workload.pointer());
  }

  private static String groupAndKind(Field object) {
    String apiVersion = object.get("apiVersion").text().orElse("");
    String kind = object.get("kind").text().orElse("");
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? kind : apiVersion.substring(0, slash + 1) + kind;
  }
}
