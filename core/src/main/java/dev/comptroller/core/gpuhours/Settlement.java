package dev.comptroller.core.gpuhours;

import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.accelerator.NodeWeights;
import dev.comptroller.core.accelerator.Weight;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.OwnerReference;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.Surroundings;
import dev.comptroller.core.workload.Workload;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bound taken at what a workload really got: the node its pods are on, the flavors that Kueue
 * has assigned, the devices that claims were given.
 */
public final class Settlement {
  private static final String CLAIM = "resource.k8s.io/ResourceClaim";

  private Settlement() {}

  /** The bound at real prices; empty where nothing tells what the workload got. */
  public static Optional<GpuHours> of(
      KubernetesObject object,
      Workload workload,
      AcceleratorCatalogue catalogue,
      Surroundings around) {
    Optional<KubernetesObject> node = around.node().flatMap(name -> around.find("Node", "", name));
    Map<String, Weight> flavors = flavors(object, catalogue, around);
    boolean allocated =
        workload.templates().stream()
            .flatMap(template -> claims(template, around))
            .anyMatch(claim -> claim.json().at("/status/allocation").isObject());
    if (node.isEmpty() && flavors.isEmpty() && !allocated) {
      return Optional.empty();
    }
    Prices prices =
        new Real(
            new DearestPrices(catalogue, around), node.map(NodeWeights::new), catalogue, flavors);
    return Optional.of(UpperBound.of(workload, prices, around, true));
  }

  private static Stream<KubernetesObject> claims(PodTemplate template, Surroundings around) {
    return template.claims().stream()
        .flatMap(reference -> reference.claim().stream())
        .flatMap(name -> around.find(CLAIM, template.namespace(), name).stream());
  }

  /** Weights by resource name; of several pod sets with different flavors the dearest. */
  private static Map<String, Weight> flavors(
      KubernetesObject object, AcceleratorCatalogue catalogue, Surroundings around) {
    Map<String, Weight> weights = new HashMap<>();
    for (KubernetesObject queued : around.all("kueue.x-k8s.io/Workload", object.namespace())) {
      if (queued.controller().filter(owner -> isOwner(owner, object)).isPresent()) {
        queued
            .json()
            .at("/status/admission/podSetAssignments")
            .forEach(
                set ->
                    set.path("flavors")
                        .properties()
                        .forEach(
                            flavor ->
                                weight(
                                        flavor.getKey(),
                                        flavor.getValue().asText(),
                                        catalogue,
                                        around)
                                    .ifPresent(
                                        weight ->
                                            weights.merge(flavor.getKey(), weight, Weight::max))));
      }
    }
    return weights;
  }

  private static boolean isOwner(OwnerReference owner, KubernetesObject object) {
    return owner.kind().equals(object.kind())
        && owner.name().equals(object.name())
        && (object.uid().isEmpty() || owner.uid().equals(object.uid()));
  }

  /** The class of a flavor has its name, or describes the nodes that it stands for. */
  private static Optional<Weight> weight(
      String resource, String flavor, AcceleratorCatalogue catalogue, Surroundings around) {
    return catalogue
        .weightInClass(flavor, resource)
        .or(
            () ->
                around
                    .find("kueue.x-k8s.io/ResourceFlavor", "", flavor)
                    .flatMap(found -> catalogue.weightOf(resource, nodeLabels(found))));
  }

  private static Map<String, String> nodeLabels(KubernetesObject flavor) {
    Map<String, String> labels = new HashMap<>();
    flavor
        .spec()
        .path("nodeLabels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  /** The dearest price where nothing better is known. */
  private record Real(
      Prices dearest,
      Optional<NodeWeights> node,
      AcceleratorCatalogue catalogue,
      Map<String, Weight> flavors)
      implements Prices {
    @Override
    public Optional<Weight> of(String resource, PodTemplate pod) {
      return node.flatMap(found -> found.real(resource, catalogue))
          .or(() -> Optional.ofNullable(flavors.get(resource)))
          .or(() -> dearest.of(resource, pod));
    }

    @Override
    public Optional<Weight> ofDeviceClass(String deviceClass, PodTemplate pod) {
      return dearest.ofDeviceClass(deviceClass, pod);
    }
  }
}
