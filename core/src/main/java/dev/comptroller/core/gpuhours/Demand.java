package dev.comptroller.core.gpuhours;

import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.accelerator.Weight;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.ResourceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one pod of a template holds all its life.
 *
 * @param perPod its accelerators, weighted; without those that the reasons are about
 * @param reasons why that is not all, or not known; empty if it is
 * @param terms how it came about
 */
record Demand(Weight perPod, List<Reason> reasons, List<Term> terms) {

  static Demand of(PodTemplate template, AcceleratorCatalogue catalogue) {
    Weight perPod = Weight.ZERO;
    List<Reason> reasons = new ArrayList<>();
    List<Term> terms = new ArrayList<>();
    for (ResourceRequest request : template.requests()) {
      if (request.count() == 0) {
        continue;
      }
      if (catalogue.isUnknownAccelerator(request.resource())) {
        reasons.add(
            new Reason(
                Reason.Code.UnknownAccelerator,
                request.pointer(),
                request.count() + " of " + request.resource(),
                "a resource that an AcceleratorClass describes"));
      }
      Optional<Weight> weight = catalogue.weightOf(request.resource(), template.nodeSelector());
      if (weight.isPresent()) {
        perPod = perPod.plus(weight.get().times(request.count()));
        terms.add(
            new Term(
                request.pointer(),
                request.resource() + " of a pod",
                request.count() + " of weight " + weight.get()));
      }
    }
    template
        .claims()
        .forEach(
            claim ->
                reasons.add(
                    new Reason(
                        Reason.Code.ResourceClaims,
                        claim,
                        "a resource claim",
                        "devices requested under resources")));
    template
        .bypasses()
        .forEach(
            bypass ->
                reasons.add(
                    new Reason(
                        Reason.Code.AcceleratorBypass,
                        bypass.pointer(),
                        bypass.found(),
                        bypass.required())));
    return new Demand(perPod, reasons, terms);
  }
}
