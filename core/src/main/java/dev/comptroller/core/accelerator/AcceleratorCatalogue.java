package dev.comptroller.core.accelerator;

import dev.comptroller.api.v1alpha1.AcceleratorClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All accelerator classes of a cluster, asked by resource name. */
public record AcceleratorCatalogue(List<AcceleratorClass> classes) {
  public AcceleratorCatalogue {
    classes = List.copyOf(classes);
  }

  /** The largest weight among all classes and partitions with this resource name. */
  public Optional<Weight> weightOf(String resourceName) {
    return weightOf(resourceName, Map.of());
  }

  /**
   * The largest weight among the classes and partitions with this resource name whose nodes a pod
   * with this node selector can land on.
   */
  public Optional<Weight> weightOf(String resourceName, Map<String, String> nodeSelector) {
    return Optional.empty();
  }

  /**
   * Whether the name has no class and may be an accelerator. It is then never free: whoever asks
   * for it is refused until a class says what it is worth.
   */
  public boolean isUnknownAccelerator(String resourceName) {
    return weightOf(resourceName).isEmpty();
  }
}
