package dev.comptroller.core.accelerator;

import dev.comptroller.api.v1alpha1.AcceleratorClass;
import dev.comptroller.api.v1alpha1.AcceleratorClassSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All accelerator classes of a cluster, asked by resource name.
 *
 * <p>Several products may share a resource name. Before a pod has a node the dearest of those it
 * may land on counts.
 */
public final class AcceleratorCatalogue {
  private final List<AcceleratorClass> classes;
  private final Map<String, Products> products = new HashMap<>();
  private final Map<String, Optional<Weight>> dearest = new HashMap<>();

  public AcceleratorCatalogue(List<AcceleratorClass> classes) {
    this.classes = List.copyOf(classes);
    for (AcceleratorClass acceleratorClass : classes) {
      AcceleratorClassSpec spec = acceleratorClass.getSpec();
      if (spec != null) {
        add(spec.resource(), spec.weight(), spec.nodeLabels());
        spec.partitions().forEach(part -> add(part.resource(), part.weight(), spec.nodeLabels()));
      }
    }
    products.forEach((resource, all) -> dearest.put(resource, all.dearest(Map.of())));
  }

  /** The classes it was made from. */
  public List<AcceleratorClass> classes() {
    return classes;
  }

  /** The largest weight among all classes and partitions with this resource name. */
  public Optional<Weight> weightOf(String resourceName) {
    return weightOf(resourceName, Map.of());
  }

  /**
   * The largest weight among the classes and partitions with this resource name whose nodes a pod
   * with this node selector can land on; among all of them if no class tells. Empty if there is no
   * class, or one that counts has a weight that cannot be read.
   */
  public Optional<Weight> weightOf(String resourceName, Map<String, String> nodeSelector) {
    if (nodeSelector.isEmpty()) {
      return dearest.getOrDefault(resourceName, Optional.empty());
    }
    Products found = products.get(resourceName);
    return found == null ? Optional.empty() : found.dearest(nodeSelector);
  }

  /** Whether a class or partition has this resource name, readable or not. */
  public boolean lists(String resourceName) {
    return products.containsKey(resourceName);
  }

  /** What a resource is worth in the class of this name; empty if there is no such class. */
  public Optional<Weight> weightInClass(String className, String resourceName) {
    return classes.stream()
        .filter(each -> each.getMetadata() != null && each.getSpec() != null)
        .filter(each -> className.equals(each.getMetadata().getName()))
        .filter(each -> each.getSpec().resource().equals(resourceName))
        .findFirst()
        .flatMap(each -> positive(each.getSpec().weight()));
  }

  /**
   * Whether the name may be an accelerator's and no class says what it is worth. It is then never
   * free: whoever asks for it is refused.
   */
  public boolean isUnknownAccelerator(String resourceName) {
    return products.containsKey(resourceName)
        ? weightOf(resourceName).isEmpty()
        : ResourceNames.mayBeAccelerator(resourceName);
  }

  private void add(String resource, String weight, Map<String, String> nodeLabels) {
    products.computeIfAbsent(resource, name -> new Products()).add(positive(weight), nodeLabels);
  }

  private static Optional<Weight> positive(String weight) {
    try {
      return Optional.of(Weight.parse(weight)).filter(parsed -> !parsed.isZero());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
