package dev.comptroller.core.gpuhours;

import dev.comptroller.core.accelerator.Weight;
import dev.comptroller.core.workload.AcceleratorBypass;
import dev.comptroller.core.workload.ClaimReference;
import dev.comptroller.core.workload.DeviceShare;
import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.ResourceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What pods of a template hold all their life.
 *
 * @param perPod accelerators of each pod, weighted; without those that the reasons are about
 * @param shared accelerators of claims that all pods share, by the name of the claim
 * @param reasons what is not known, and what somebody has to look at
 * @param terms how it came about
 */
record Demand(Weight perPod, Map<String, Weight> shared, List<Reason> reasons, List<Term> terms) {
  /** How long pods may take to stop before somebody has to look at it. */
  private static final long LONG_GRACE_SECONDS = 3600;

  static Demand of(PodTemplate pod, Prices prices, ResourceClaims claims) {
    Collected collected = new Collected();
    for (ResourceRequest request : pod.requests()) {
      collected.add(pod, request, prices);
    }
    for (DeviceShare share : pod.shares()) {
      collected.add(pod, share, prices);
    }
    for (ClaimReference claim : pod.claims()) {
      collected.add(pod, claim, claims);
    }
    for (AcceleratorBypass bypass : pod.bypasses()) {
      collected.reasons.add(
          new Reason(
              Reason.Code.AcceleratorBypass, bypass.pointer(), bypass.found(), bypass.required()));
    }
    collected.reasons.addAll(pod.unresolved());
    if (!collected.perPod.isZero() && pod.graceSeconds() > LONG_GRACE_SECONDS) {
      collected.reasons.add(
          new Reason(
              Reason.Code.LongGracePeriod,
              pod.grace().pointer(),
              pod.graceSeconds() + " s",
              "at most " + LONG_GRACE_SECONDS + " s"));
    }
    return new Demand(collected.perPod, collected.shared, collected.reasons, collected.terms);
  }

  /** Whether its pods hold nothing of worth. */
  boolean isNothing() {
    return perPod.isZero() && shared.values().stream().allMatch(Weight::isZero);
  }

  /** All that pods of the template hold, as one term. */
  Term term() {
    return new Term("", "accelerators of a pod", perPod.toString(), "", terms);
  }

  private static final class Collected {
    private Weight perPod = Weight.ZERO;
    private final Map<String, Weight> shared = new TreeMap<>();
    private final List<Reason> reasons = new ArrayList<>();
    private final List<Term> terms = new ArrayList<>();

    void add(PodTemplate pod, ResourceRequest request, Prices prices) {
      if (request.count() == 0) {
        return;
      }
      Optional<Weight> weight = prices.of(request.resource(), pod);
      if (weight.isEmpty()) {
        unknown(request.pointer(), request.count() + " of " + request.resource());
      } else if (!weight.get().isZero()) {
        perPod = perPod.plus(weight.get().times(request.count()));
        terms.add(
            new Term(
                request.pointer(),
                request.resource() + " of a pod",
                request.count() + " of weight " + weight.get()));
      }
    }

    void add(PodTemplate pod, DeviceShare share, Prices prices) {
      Optional<Weight> weight = prices.of(share.resource(), pod);
      if (weight.isEmpty()) {
        unknown(share.pointer(), share.amount() + " of " + share.resource());
      } else {
        perPod = perPod.plus(weight.get().times(share.amount()));
        terms.add(
            new Term(
                share.pointer(),
                "share of " + share.resource(),
                share.amount() + " of weight " + weight.get()));
      }
    }

    private void unknown(String pointer, String found) {
      reasons.add(
          new Reason(
              Reason.Code.UnknownAccelerator,
              pointer,
              found,
              "a resource that an AcceleratorClass describes"));
    }

    void add(PodTemplate pod, ClaimReference reference, ResourceClaims claims) {
      Optional<Field> template =
          reference
              .template()
              .flatMap(
                  name ->
                      claims
                          .around()
                          .find("resource.k8s.io/ResourceClaimTemplate", pod.namespace(), name))
              .map(Field::of);
      Optional<Field> claim =
          reference
              .claim()
              .flatMap(
                  name ->
                      claims.around().find("resource.k8s.io/ResourceClaim", pod.namespace(), name))
              .map(Field::of);
      if (template.isPresent()) {
        Field spec = template.get().get("spec").get("spec");
        // A template has no status, so this is the absence of an allocation.
        ResourceClaims.Held held = claims.of(spec, template.get().get("status"), pod);
        perPod = perPod.plus(held.weight());
        note(held);
      } else if (claim.isPresent()) {
        Field allocation = claim.get().get("status").get("allocation");
        ResourceClaims.Held held = claims.of(claim.get().get("spec"), allocation, pod);
        shared.put(reference.claim().orElseThrow(), held.weight());
        note(held);
      } else {
        reasons.add(
            new Reason(
                Reason.Code.ClaimNotFound,
                reference.pointer(),
                named(reference) + ", which is not known",
                "that claim or template among what is known"));
      }
    }

    private static String named(ClaimReference reference) {
      return reference
          .claim()
          .map(name -> "the resource claim " + name)
          .or(() -> reference.template().map(name -> "the resource claim template " + name))
          .orElse("a resource claim without a name");
    }

    private void note(ResourceClaims.Held held) {
      reasons.addAll(held.reasons());
      terms.addAll(held.terms());
    }
  }
}
