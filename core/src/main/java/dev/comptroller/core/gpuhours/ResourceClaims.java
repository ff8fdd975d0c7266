package dev.comptroller.core.gpuhours;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.accelerator.DeviceInventory;
import dev.comptroller.core.accelerator.DeviceSelector;
import dev.comptroller.core.accelerator.Weight;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the devices of a resource claim (Dynamic Resource Allocation) are worth.
 *
 * @param settled whether claims that are allocated count by what they got
 */
record ResourceClaims(
    Prices prices, Surroundings around, DeviceInventory inventory, boolean settled) {
  private static final String EXACT_COUNT = "ExactCount";

  /** What one claim holds, with everything there is to say about it. */
  record Held(Weight weight, List<Reason> reasons, List<Term> terms) {
    private static Held nothing() {
      return new Held(Weight.ZERO, List.of(), List.of());
    }

    private static Held problem(Reason reason) {
      return new Held(Weight.ZERO, List.of(reason), List.of());
    }

    private Held plus(Held other) {
      List<Reason> all = new ArrayList<>(reasons);
      all.addAll(other.reasons);
      List<Term> both = new ArrayList<>(terms);
      both.addAll(other.terms);
      return new Held(weight.plus(other.weight), all, both);
    }
  }

  static ResourceClaims of(Prices prices, Surroundings around, boolean settled) {
    return new ResourceClaims(
        prices,
        around,
        around.made("resource.k8s.io/ResourceSlice", DeviceInventory.class, DeviceInventory::new),
        settled);
  }

  /**
   * The devices of a claim.
   *
   * @param spec the spec of the claim
   * @param allocation what it got; an absent field if nothing yet
   */
  Held of(Field spec, Field allocation, PodTemplate pod) {
    Held all = Held.nothing();
    for (Field request : spec.get("devices").get("requests").elements()) {
      Field exactly = request.get("exactly");
      List<Field> alternatives = request.get("firstAvailable").elements();
      if (exactly.present()) {
        all = all.plus(exact(exactly, pod));
      } else if (alternatives.isEmpty()) {
        all = all.plus(exact(request, pod));
      } else {
        all = all.plus(firstAvailable(request, alternatives, allocation, pod));
      }
    }
    return all;
  }

  /** Nobody knows which alternative it will be: the dearest counts, and all have to be known. */
  private Held firstAvailable(
      Field request, List<Field> alternatives, Field allocation, PodTemplate pod) {
    Held dearest = Held.nothing();
    List<Reason> reasons = new ArrayList<>();
    for (Field alternative : alternatives) {
      Held held = exact(alternative, pod);
      if (settled && isChosen(request, alternative, allocation)) {
        return held;
      }
      reasons.addAll(held.reasons());
      if (held.weight().compareTo(dearest.weight()) > 0) {
        dearest = held;
      }
    }
    return new Held(dearest.weight(), reasons, dearest.terms());
  }

  private static boolean isChosen(Field request, Field alternative, Field allocation) {
    String name = request.get("name").textOrEmpty() + "/" + alternative.get("name").textOrEmpty();
    return allocation.get("devices").get("results").elements().stream()
        .anyMatch(result -> result.get("request").textOrEmpty().equals(name));
  }

  private Held exact(Field request, PodTemplate pod) {
    Field deviceClass = request.get("deviceClassName");
    String className = deviceClass.textOrEmpty();
    if (request.get("adminAccess").isTrue()) {
      return Held.problem(
          Reason.at(
              Reason.Code.AdminAccess,
              request.get("adminAccess"),
              "access to devices that others hold",
              "a claim of its own devices, or an approval"));
    }
    Optional<Weight> each = prices.ofDeviceClass(className, pod);
    if (each.isEmpty()) {
      return Held.problem(
          Reason.at(
              Reason.Code.UnknownAccelerator,
              deviceClass,
              "devices of the class " + className,
              "a device class that an AcceleratorClass describes"));
    }
    DeviceSelector selected = selected(className, request);
    Field mode = request.get("allocationMode");
    return switch (mode.text().orElse(EXACT_COUNT)) {
      case EXACT_COUNT -> counted(request, each.get(), selected);
      case "All" -> all(request, each.get(), selected);
      default ->
          Held.problem(
              Reason.at(
                  Reason.Code.UnknownAllocationMode,
                  mode,
                  mode.textOrEmpty(),
                  "ExactCount or All"));
    };
  }

  private Held counted(Field request, Weight each, DeviceSelector selected) {
    Field count = request.get("count");
    long devices = count.whole().orElse(1);
    JsonNode capacity = request.get("capacity").get("requests").node();
    Weight share = inventory.largestShare(selected, capacity).orElse(Weight.ONE);
    Weight weight = each.times(share);
    return new Held(
        weight.times(devices),
        List.of(),
        List.of(new Term(count.pointer(), "devices of a claim", devices + " of weight " + weight)));
  }

  private Held all(Field request, Weight each, DeviceSelector selected) {
    Field mode = request.get("allocationMode");
    if (inventory.isEmpty()) {
      return Held.problem(
          Reason.at(
              Reason.Code.NoResourceSlices,
              mode,
              "a claim for all devices, of which none are known",
              "the ResourceSlices of the cluster, or a count"));
    }
    Weight devices = inventory.mostOnOneNode(selected);
    return new Held(
        each.times(devices),
        List.of(),
        List.of(
            new Term(
                mode.pointer(),
                "all devices in reach of one node",
                devices + " of weight " + each)));
  }

  private DeviceSelector selected(String className, Field request) {
    List<String> expressions = new ArrayList<>();
    around
        .find("resource.k8s.io/DeviceClass", "", className)
        .map(KubernetesObject::json)
        .ifPresent(found -> collect(new Field("", found).get("spec"), expressions));
    collect(request, expressions);
    return new DeviceSelector(expressions);
  }

  private static void collect(Field selecting, List<String> expressions) {
    for (Field selector : selecting.get("selectors").elements()) {
      expressions.add(selector.get("cel").get("expression").textOrEmpty());
    }
  }
}
