package dev.comptroller.core.normalform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds whose specs are known: what the API server fills in, and what the normal form leaves
 * out. {@link #KNOWN} is the whole list of what nobody signs; a change of it is a new {@link
 * NormalForm#VERSION}.
 */
public final class Specs {
  private static final String SUSPEND = "stopping is always possible, and resuming is judged again";
  private static final String REPLICAS =
      "the scale subresource owns it, and scaling is priced again";
  private static final String PAUSED = "pausing a rollout starts nothing";

  private static final Map<String, Specs> KNOWN =
      List.of(
              builtIn("v1", "Pod", PodDefaults::pod).written(PodAdmission::leaveOut),
              builtIn("batch/v1", "Job", WorkloadDefaults::job)
                  .without("/suspend", SUSPEND)
                  .written(GeneratedSelector::leaveOut),
              builtIn("batch/v1", "CronJob", WorkloadDefaults::cronJob)
                  .without("/suspend", SUSPEND)
                  .without("/jobTemplate/spec/suspend", SUSPEND),
              builtIn("apps/v1", "Deployment", WorkloadDefaults::deployment)
                  .without("/replicas", REPLICAS)
                  .without("/paused", PAUSED),
              builtIn("apps/v1", "ReplicaSet", WorkloadDefaults::replicaSet)
                  .without("/replicas", REPLICAS),
              builtIn("v1", "ReplicationController", WorkloadDefaults::replicaSet)
                  .without("/replicas", REPLICAS),
              builtIn("apps/v1", "StatefulSet", WorkloadDefaults::statefulSet)
                  .without("/replicas", REPLICAS),
              builtIn("apps/v1", "DaemonSet", WorkloadDefaults::daemonSet),
              custom("jobset.x-k8s.io/v1alpha2", "JobSet").without("/suspend", SUSPEND),
              custom("trainer.kubeflow.org/v1alpha1", "TrainJob").without("/suspend", SUSPEND),
              kubeflow("kubeflow.org/v1", "PyTorchJob", "pytorchReplicaSpecs"),
              kubeflow("kubeflow.org/v1", "TFJob", "tfReplicaSpecs"),
              kubeflow("kubeflow.org/v1", "XGBoostJob", "xgbReplicaSpecs"),
              kubeflow("kubeflow.org/v1", "PaddleJob", "paddleReplicaSpecs"),
              kubeflow("kubeflow.org/v1", "JAXJob", "jaxReplicaSpecs"),
              kubeflow("kubeflow.org/v1", "MPIJob", "mpiReplicaSpecs"),
              kubeflow("kubeflow.org/v2beta1", "MPIJob", "mpiReplicaSpecs"),
              custom("ray.io/v1", "RayJob").without("/suspend", SUSPEND),
              custom("ray.io/v1", "RayCluster").without("/suspend", SUSPEND),
              custom("leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet")
                  .without("/replicas", REPLICAS),
              own("TrainingRun", OwnKinds::trainingRun).without("/suspend", SUSPEND),
              own("ModelDeployment", OwnKinds::modelDeployment)
                  .without("/scale/replicas", REPLICAS),
              own("GovernancePolicy", OwnKinds::dropEmpty),
              own("Approval", OwnKinds::dropEmpty),
              own("AcceleratorClass", OwnKinds::dropEmpty))
          .stream()
          .collect(Collectors.toUnmodifiableMap(specs -> specs.name, Function.identity()));

  private final String name;
  private final Consumer<ObjectNode> defaults;
  private final List<Omission> omissions;
  private final Consumer<ObjectNode> written;

  private Specs(
      String name,
      Consumer<ObjectNode> defaults,
      List<Omission> omissions,
      Consumer<ObjectNode> written) {
    this.name = name;
    this.defaults = defaults;
    this.omissions = List.copyOf(omissions);
    this.written = written;
  }

  /** The rules for a kind; empty for a kind whose spec is taken as it is. */
  public static Optional<Specs> of(String apiVersion, String kind) {
    return Optional.ofNullable(KNOWN.get(apiVersion + " " + kind));
  }

  /** What nobody signs, besides what controllers and admission themselves write. */
  public List<Omission> omissions() {
    return omissions;
  }

  /** Fills in the defaults, in place. Filling in twice changes nothing. */
  public void fillIn(ObjectNode spec) {
    defaults.accept(spec);
  }

  /** Makes a spec its normal form, in place. */
  public void normalise(ObjectNode spec) {
    fillIn(spec);
    omissions.forEach(omission -> omission.leaveOut(spec));
    written.accept(spec);
  }

  private static Specs builtIn(String apiVersion, String kind, Consumer<ObjectNode> defaults) {
    Consumer<ObjectNode> dropEmpty = Empties::drop;
    return new Specs(apiVersion + " " + kind, dropEmpty.andThen(defaults), List.of(), spec -> {});
  }

  private static Specs own(String kind, Consumer<ObjectNode> defaults) {
    return new Specs(Api.API_VERSION + " " + kind, defaults, List.of(), spec -> {});
  }

  /** A kind of another project, whose defaults are its own affair: sign what the server stores. */
  private static Specs custom(String apiVersion, String kind) {
    return new Specs(apiVersion + " " + kind, spec -> {}, List.of(), spec -> {});
  }

  private static Specs kubeflow(String apiVersion, String kind, String replicaSpecs) {
    return custom(apiVersion, kind)
        .without("/runPolicy/suspend", SUSPEND)
        .without("/" + replicaSpecs + "/Worker/replicas", REPLICAS);
  }

  private Specs without(String pointer, String reason) {
    List<Omission> more = new ArrayList<>(omissions);
    more.add(new Omission(pointer, reason));
    return new Specs(name, defaults, more, written);
  }

  /** Leaves out, in its exact shape, what controllers and admission write. */
  private Specs written(Consumer<ObjectNode> leaveOut) {
    return new Specs(name, defaults, omissions, leaveOut);
  }
}
