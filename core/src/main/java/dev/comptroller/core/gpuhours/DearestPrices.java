package dev.comptroller.core.gpuhours;

import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.accelerator.NodeInventory;
import dev.comptroller.core.accelerator.NodeWeights;
import dev.comptroller.core.accelerator.ResourceNames;
import dev.comptroller.core.accelerator.Weight;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.NodeMatch;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.Surroundings;
import java.util.Optional;

/**
 * Prices before pods have a node: the dearest class that they may land on; and of resources that no
 * class lists, the dearest that the known nodes have.
 */
record DearestPrices(AcceleratorCatalogue catalogue, Surroundings around) implements Prices {
  /** Names by which containers ask for devices of a class. */
  private static final String DEVICE_CLASS_PREFIX = "deviceclass.resource.kubernetes.io/";

  @Override
  public Optional<Weight> of(String resource, PodTemplate pod) {
    Optional<Weight> listed = catalogue.weightOf(resource, pod.nodeSelector());
    if (listed.isPresent() || catalogue.lists(resource)) {
      return listed;
    }
    if (!ResourceNames.mayBeAccelerator(resource)) {
      return Optional.of(Weight.ZERO);
    }
    if (resource.startsWith(DEVICE_CLASS_PREFIX)) {
      return ofDeviceClass(resource.substring(DEVICE_CLASS_PREFIX.length()), pod);
    }
    return ofNodes(resource, pod).or(() -> ofExtendedResource(resource, pod));
  }

  private Optional<Weight> ofNodes(String resource, PodTemplate pod) {
    Optional<Weight> dearest = Optional.empty();
    NodeInventory nodes = around.made("Node", NodeInventory.class, NodeInventory::new);
    for (NodeWeights node : nodes.offering(resource)) {
      if (NodeMatch.labels(pod.nodeSelector(), node.node())) {
        Optional<Weight> weight = node.named(resource, catalogue);
        if (weight.isEmpty()) {
          return weight;
        }
        dearest = Optional.of(dearest.orElse(Weight.ZERO).max(weight.get()));
      }
    }
    return dearest;
  }

  private Optional<Weight> ofExtendedResource(String resource, PodTemplate pod) {
    return around.all("resource.k8s.io/DeviceClass").stream()
        .filter(found -> extendedName(found).equals(resource))
        .findFirst()
        .flatMap(found -> listed(found.name(), pod));
  }

  @Override
  public Optional<Weight> ofDeviceClass(String deviceClass, PodTemplate pod) {
    Optional<Weight> listed = listed(deviceClass, pod);
    if (listed.isPresent() || catalogue.lists(DEVICE_CLASS_PREFIX + deviceClass)) {
      return listed;
    }
    Optional<String> extended =
        around
            .find("resource.k8s.io/DeviceClass", "", deviceClass)
            .map(DearestPrices::extendedName)
            .filter(name -> !name.isEmpty());
    if (extended.isPresent()) {
      return catalogue.weightOf(extended.get(), pod.nodeSelector());
    }
    return ResourceNames.mayBeAccelerator(DEVICE_CLASS_PREFIX + deviceClass)
        ? Optional.empty()
        : Optional.of(Weight.ZERO);
  }

  private Optional<Weight> listed(String deviceClass, PodTemplate pod) {
    return catalogue.weightOf(DEVICE_CLASS_PREFIX + deviceClass, pod.nodeSelector());
  }

  private static String extendedName(KubernetesObject deviceClass) {
    return deviceClass.spec().path("extendedResourceName").asText("");
  }
}
