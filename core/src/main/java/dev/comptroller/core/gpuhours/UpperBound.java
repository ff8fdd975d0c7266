package dev.comptroller.core.gpuhours;

import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Reason.Effect;
import dev.comptroller.core.workload.Surroundings;
import dev.comptroller.core.workload.Workload;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The upper bound of a workload's accelerator-hours. */
public final class UpperBound {
  private UpperBound() {}

  /** The bound as far as the workload and the classes alone tell it. */
  public static GpuHours of(Workload workload, AcceleratorCatalogue catalogue) {
    return of(workload, catalogue, Surroundings.UNKNOWN);
  }

  /**
   * The most this workload may consume if its controller behaves: every retry used, every deadline
   * reached, nothing ending early, the dearest device. A suspended workload is priced as if it
   * started now.
   *
   * @param around where its claims, device classes and nodes are looked up
   */
  public static GpuHours of(
      Workload workload, AcceleratorCatalogue catalogue, Surroundings around) {
    return of(workload, new DearestPrices(catalogue, around), around, false);
  }

  static GpuHours of(Workload workload, Prices prices, Surroundings around, boolean settled) {
    try {
      return price(workload, prices, around, settled);
    } catch (InvalidFieldException e) {
      // The workload has been read; this is one of the objects around it.
      return new GpuHours.Unknown(
          List.of(new Reason(Reason.Code.ContextUnreadable, e.pointer(), e.found(), e.required())),
          List.of());
    }
  }

  private static GpuHours price(
      Workload workload, Prices prices, Surroundings around, boolean settled) {
    ResourceClaims claims = ResourceClaims.of(prices, around, settled);
    IdentityHashMap<PodTemplate, Demand> demands = new IdentityHashMap<>();
    List<Reason> unknown = new ArrayList<>(workload.unresolved());
    List<Reason> flags = new ArrayList<>();
    for (PodTemplate template : workload.templates()) {
      if (!demands.containsKey(template)) {
        Demand demand = Demand.of(template, prices, claims);
        demands.put(template, demand);
        demand
            .reasons()
            .forEach(
                reason -> (reason.code().effect() == Effect.UNKNOWN ? unknown : flags).add(reason));
      }
    }
    if (!unknown.isEmpty()) {
      return new GpuHours.Unknown(
          unknown, demands.values().stream().flatMap(each -> each.terms().stream()).toList());
    }
    if (demands.values().stream().allMatch(Demand::isNothing)) {
      return new GpuHours.Bounded(
          Amount.ZERO, flags, List.of(new Term("", "accelerators", "0, so no clock matters")));
    }
    return of(workload, new Evaluation(demands), flags);
  }

  private static GpuHours of(Workload workload, Evaluation evaluation, List<Reason> flags) {
    Evaluation.Priced total = evaluation.total(workload);
    List<Reason> reasons = new ArrayList<>(total.reasons());
    reasons.addAll(flags);
    if (total.has(Effect.UNKNOWN)) {
      return new GpuHours.Unknown(only(total.reasons(), Effect.UNKNOWN), List.of(total.term()));
    }
    if (total.isAmount()) {
      Amount amount = Amount.of(total.amount(), BigInteger.ONE);
      if (amount.isSaturated()) {
        reasons.add(
            new Reason(
                Reason.Code.Saturated,
                "",
                "more than can be counted",
                "fewer pods or shorter deadlines"));
      }
      return new GpuHours.Bounded(amount, reasons, List.of(total.term()));
    }
    Evaluation.Priced rate = evaluation.rate(workload);
    return new GpuHours.Unbounded(
        Amount.of(rate.amount(), BigInteger.ONE), reasons, List.of(rate.term()));
  }

  private static List<Reason> only(Set<Reason> reasons, Effect effect) {
    return reasons.stream().filter(reason -> reason.code().effect() == effect).toList();
  }
}
