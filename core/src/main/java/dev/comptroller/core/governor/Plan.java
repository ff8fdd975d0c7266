package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.gpuhours.GpuHours;
import dev.comptroller.core.gpuhours.UpperBound;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.Surroundings;
import dev.comptroller.core.workload.WorkloadReader;
import java.util.Optional;
import java.util.Set;

/**
 * An object and what it runs.
 *
 * @param gpuHours its upper bound, where it can be read at all
 */
record Plan(KubernetesObject object, Reading reading, Optional<GpuHours> gpuHours) {
  private static final Set<String> OWN_KINDS = Set.of("TrainingRun", "ModelDeployment");

  static Plan of(KubernetesObject object, ClusterView cluster) {
    Surroundings around = cluster.surroundings();
    Reading reading = WorkloadReader.read(object, around);
    Optional<GpuHours> gpuHours =
        reading instanceof Reading.Read(var workload)
            ? Optional.of(UpperBound.of(workload, cluster.accelerators(), around))
            : Optional.empty();
    return new Plan(object, reading, gpuHours);
  }

  /** Whether it is a TrainingRun or ModelDeployment. */
  boolean isOwnKind() {
    return isOwnKind(object.apiVersion(), object.kind());
  }

  static boolean isOwnKind(String apiVersion, String kind) {
    return apiVersion.equals(Api.API_VERSION) && OWN_KINDS.contains(kind);
  }

  /** Whether it says that one of our kinds made it, which has to be true. */
  boolean claimsOwnKind() {
    return object
        .controller()
        .filter(owner -> owner.apiVersion().startsWith(Api.GROUP + "/"))
        .isPresent();
  }

  /**
   * Whether it is judged at all: our kinds, what says it is made from them, what asks for
   * accelerators, and what may do so unseen.
   */
  boolean isOfInterest(AcceleratorCatalogue accelerators) {
    return isOwnKind()
        || switch (reading) {
          case Reading.NotAWorkload none -> false;
          case Reading.Read(var workload) ->
              claimsOwnKind() || workload.needsAccelerators(accelerators);
          case Reading.Unsupported unsupported -> true;
          case Reading.Malformed malformed -> true;
        };
  }

  boolean isSuspended() {
    return object.spec().path("suspend").asBoolean(false)
        || object.spec().at("/runPolicy/suspend").asBoolean(false);
  }
}
