package dev.comptroller.core.governor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.derivation.ControllerIdentities;
import dev.comptroller.core.derivation.Derived;
import dev.comptroller.core.gpuhours.GpuHours;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.workload.AcceleratorBypass;
import dev.comptroller.core.workload.ImageReference;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with a workload by itself, whoever signed it. */
final class WorkloadFindings {

  private WorkloadFindings() {}

  static List<Finding> of(Plan plan, ControllerIdentities identities) {
    return switch (plan.reading()) {
      case Reading.Read(Workload workload) -> {
        List<Finding> findings = of(workload, plan.gpuHours());
        childrenUnknown(plan, identities).ifPresent(findings::addFirst);
        yield findings;
      }
      case Reading.Unsupported(String kind, String pointer) ->
          List.of(unknownKind(pointer, "the kind " + kind + ", whose pods cannot be counted"));
      case Reading.Malformed(String pointer, String found, String required) ->
          List.of(new Finding(ReasonCode.InvalidObject, pointer, found, required, ""));
      case Reading.NotAWorkload none ->
          List.of(
              new Finding(
                  ReasonCode.InvalidObject, "", "an object that runs nothing", "a workload", ""));
    };
  }

  /** What is not known to come from a plan would be refused as a plan of its own, and never run. */
  private static Optional<Finding> childrenUnknown(Plan plan, ControllerIdentities identities) {
    KubernetesObject object = plan.object();
    if (plan.isOwnKind() && object.kind().equals("TrainingRun")) {
      JsonNode inner = object.spec().path("workload");
      String kind = inner.path("apiVersion").asText() + " " + inner.path("kind").asText();
      return kind.equals("batch/v1 Job")
          ? Optional.empty()
          : Optional.of(untraceable("/spec/workload", kind));
    }
    if (plan.isOwnKind() || object.kind().equals("Pod")) {
      return Optional.empty();
    }
    String kind = object.apiVersion() + " " + object.kind();
    if (!Derived.knowsChildrenOf(object.apiVersion(), object.kind())) {
      return Optional.of(untraceable("", kind));
    }
    String owner = object.key().groupAndKind();
    return identities.usersByOwnerKind().containsKey(owner)
        ? Optional.empty()
        : Optional.of(
            new Finding(
                ReasonCode.UnknownKind,
                "",
                "the kind " + kind + ", whose controller is not known",
                "a kind for which the setting \"controllers\" names the user of its controller",
                "ask a cluster admin to add " + owner + " to it, or run the workload as a Job"));
  }

  private static Finding untraceable(String pointer, String kind) {
    return unknownKind(pointer, "the kind " + kind + ", whose pods cannot be traced back to it");
  }

  private static Finding unknownKind(String pointer, String found) {
    return new Finding(
        ReasonCode.UnknownKind,
        pointer,
        found,
        "Pod, Job, CronJob, Deployment, ReplicaSet, StatefulSet, DaemonSet, TrainingRun"
            + " or ModelDeployment",
        "run the workload as a Job in a TrainingRun");
  }

  private static List<Finding> of(Workload workload, Optional<GpuHours> gpuHours) {
    List<Finding> findings = new ArrayList<>();
    for (ImageReference image : workload.images()) {
      if (!image.pinned()) {
        findings.add(
            new Finding(
                ReasonCode.ImageNotPinned,
                image.pointer(),
                image.reference().isEmpty() ? "no image" : image.reference(),
                "an image named by digest: NAME@sha256:...",
                "replace the tag by the digest that the registry reports for it"));
      }
    }
    for (AcceleratorBypass bypass : workload.bypasses()) {
      findings.add(
          new Finding(
              ReasonCode.AcceleratorBypass,
              bypass.pointer(),
              bypass.found(),
              bypass.required(),
              "request accelerators by resources.limits alone"));
    }
    gpuHours.ifPresent(hours -> findings.addAll(of(hours)));
    return findings;
  }

  private static List<Finding> of(GpuHours gpuHours) {
    return gpuHours.reasons().stream().flatMap(reason -> of(reason).stream()).toList();
  }

  private static Optional<Finding> of(Reason reason) {
    return switch (reason.code()) {
      // Serving is priced over a window, a way around requests is a finding already, and no tier
      // covers what cannot be counted.
      case LongRunning, AcceleratorBypass, Saturated -> Optional.empty();
      case NoDeadline ->
          finding(
              ReasonCode.GpuHoursUnbounded, reason, "set activeDeadlineSeconds in the Job's spec");
      case IgnoreMaxRestarts ->
          finding(ReasonCode.GpuHoursUnbounded, reason, "let the failure rule count its restarts");
      case PodsOutliveJob ->
          finding(ReasonCode.GpuHoursUnbounded, reason, "set runPolicy.cleanPodPolicy: Running");
      case DeadlineStartsLate ->
          finding(ReasonCode.GpuHoursUnbounded, reason, "set launcherCreationPolicy: AtStartup");
      case ClusterOutlivesJob ->
          finding(ReasonCode.GpuHoursUnbounded, reason, "set shutdownAfterJobFinishes: true");
      case WaitingIgnoresDeadline ->
          finding(ReasonCode.GpuHoursUnbounded, reason, "set preRunningDeadlineSeconds");
      case MaxReplicasUnset -> finding(ReasonCode.GpuHoursUnbounded, reason, "set maxReplicas");
      case LongGracePeriod ->
          finding(
              ReasonCode.GpuHoursUnbounded,
              reason,
              "lower terminationGracePeriodSeconds, or write checkpoints before the end");
      case AdminAccess ->
          finding(ReasonCode.AcceleratorBypass, reason, "ask for devices without adminAccess");
      case UnknownAccelerator ->
          finding(
              ReasonCode.UnknownAccelerator,
              reason,
              "ask a cluster admin for an AcceleratorClass of this resource");
      case ClaimNotFound ->
          finding(
              ReasonCode.GpuHoursUnknown,
              reason,
              "create the claim or its template first, or request accelerators by"
                  + " resources.limits");
      case NoResourceSlices ->
          finding(ReasonCode.GpuHoursUnknown, reason, "ask for a number of devices");
      case UnknownAllocationMode ->
          finding(ReasonCode.GpuHoursUnknown, reason, "set allocationMode: ExactCount");
      case RuntimeClassNotFound, RuntimeNotFound ->
          finding(ReasonCode.GpuHoursUnknown, reason, "name one that exists");
      case ContextUnreadable ->
          finding(ReasonCode.GpuHoursUnknown, reason, "correct the object that is named");
      case NodesUnknown, UnpricedKind ->
          finding(ReasonCode.GpuHoursUnknown, reason, "run the workload as a Job in a TrainingRun");
    };
  }

  private static Optional<Finding> finding(ReasonCode code, Reason reason, String nextStep) {
    return Optional.of(
        new Finding(code, reason.pointer(), reason.found(), reason.required(), nextStep));
  }
}
