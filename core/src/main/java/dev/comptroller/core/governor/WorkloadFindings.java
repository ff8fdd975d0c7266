package dev.comptroller.core.governor;

import dev.comptroller.core.gpuhours.GpuHours;
import dev.comptroller.core.gpuhours.Reason;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.workload.AcceleratorBypass;
import dev.comptroller.core.workload.ImageReference;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with a workload by itself, whoever signed it. */
final class WorkloadFindings {

  private WorkloadFindings() {}

  static List<Finding> of(Plan plan) {
    return switch (plan.reading()) {
      case Reading.Read(Workload workload) -> of(workload, plan.gpuHours());
      case Reading.Unsupported(String kind, String pointer) ->
          List.of(
              new Finding(
                  ReasonCode.UnknownKind,
                  pointer,
                  "the kind " + kind + ", whose pods cannot be counted",
                  "Pod, Job, CronJob, Deployment, ReplicaSet, StatefulSet, DaemonSet, TrainingRun"
                      + " or ModelDeployment",
                  "run the workload as a Job in a TrainingRun"));
      case Reading.Malformed(String pointer, String found, String required) ->
          List.of(new Finding(ReasonCode.InvalidObject, pointer, found, required, ""));
      case Reading.NotAWorkload none ->
          List.of(
              new Finding(
                  ReasonCode.InvalidObject, "", "an object that runs nothing", "a workload", ""));
    };
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
      // Serving is priced over a window, and a way around requests is a finding already.
      case LongRunning, AcceleratorBypass -> Optional.empty();
      case NoDeadline ->
          finding(
              ReasonCode.GpuHoursUnbounded, reason, "set activeDeadlineSeconds in the Job's spec");
      case UnknownAccelerator ->
          finding(
              ReasonCode.UnknownAccelerator,
              reason,
              "ask a cluster admin for an AcceleratorClass of this resource");
      case ResourceClaims ->
          finding(ReasonCode.GpuHoursUnknown, reason, "request accelerators by resources.limits");
      case UnpricedKind ->
          finding(ReasonCode.GpuHoursUnknown, reason, "run the workload as a Job in a TrainingRun");
    };
  }

  private static Optional<Finding> finding(ReasonCode code, Reason reason, String nextStep) {
    return Optional.of(
        new Finding(code, reason.pointer(), reason.found(), reason.required(), nextStep));
  }
}
