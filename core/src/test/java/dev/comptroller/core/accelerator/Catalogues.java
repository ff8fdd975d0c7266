package dev.comptroller.core.accelerator;

import dev.comptroller.api.v1alpha1.AcceleratorClass;
import dev.comptroller.api.v1alpha1.AcceleratorClassSpec;
import dev.comptroller.api.v1alpha1.Partition;
import java.util.List;
import java.util.Map;

/** Classes and catalogues for tests. */
public final class Catalogues {
  /** nvidia.com/gpu, each worth 1. */
  public static final AcceleratorCatalogue NVIDIA =
      new AcceleratorCatalogue(List.of(acceleratorClass("nvidia.com/gpu", "1", Map.of())));

  private Catalogues() {}

  /** A class without partitions. */
  public static AcceleratorClass acceleratorClass(
      String resource, String weight, Map<String, String> nodeLabels) {
    return acceleratorClass(resource, weight, nodeLabels, List.of());
  }

  /** A class with partitions. */
  public static AcceleratorClass acceleratorClass(
      String resource, String weight, Map<String, String> nodeLabels, List<Partition> partitions) {
    AcceleratorClass acceleratorClass = new AcceleratorClass();
    acceleratorClass.setSpec(
        new AcceleratorClassSpec(
            "Vendor", resource, nodeLabels, weight, partitions, Map.of(), null));
    return acceleratorClass;
  }
}
