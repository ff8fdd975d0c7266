package dev.comptroller.core.gpuhours;

import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.workload.JobWorkload;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.PodWorkload;
import dev.comptroller.core.workload.ReplicatedWorkload;
import dev.comptroller.core.workload.UnpricedWorkload;
import dev.comptroller.core.workload.Workload;
import java.util.List;
import java.util.function.Function;

/** The upper bound of a workload's accelerator-hours. */
public final class UpperBound {
  private UpperBound() {}

  /**
   * The most this workload may consume if its controller behaves: every retry used, every deadline
   * reached, nothing ending early. A suspended workload is priced as if it started now.
   */
  public static GpuHours of(Workload workload, AcceleratorCatalogue catalogue) {
    Function<PodTemplate, Demand> demand = template -> Demand.of(template, catalogue);
    List<Demand> demands = workload.templates().stream().map(demand).toList();
    List<Reason> reasons = demands.stream().flatMap(each -> each.reasons().stream()).toList();
    if (!reasons.isEmpty()) {
      return new GpuHours.Unknown(
          reasons, demands.stream().flatMap(each -> each.terms().stream()).toList());
    }
    if (demands.stream().allMatch(each -> each.perPod().isZero())) {
      return new GpuHours.Bounded(
          Amount.ZERO, List.of(new Term("", "accelerators", "0, so no clock matters")));
    }
    return switch (workload) {
      case PodWorkload pod -> PodBound.of(pod, demand.apply(pod.template()));
      case JobWorkload job -> JobBound.of(job, demand.apply(job.template()));
      case ReplicatedWorkload replicated ->
          ReplicatedRate.of(replicated, demand.apply(replicated.template()));
      case UnpricedWorkload unpriced ->
          new GpuHours.Unknown(
              List.of(
                  new Reason(
                      Reason.Code.UnpricedKind,
                      unpriced.pointer(),
                      "a " + unpriced.kind() + " that asks for accelerators",
                      unpriced.missing())),
              List.of());
    };
  }
}
