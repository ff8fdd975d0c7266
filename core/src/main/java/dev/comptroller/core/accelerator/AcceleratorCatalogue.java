package dev.comptroller.core.accelerator;

import dev.comptroller.api.v1alpha1.AcceleratorClass;
import java.util.List;

/** All accelerator classes of a cluster, asked by resource name. */
public record AcceleratorCatalogue(List<AcceleratorClass> classes) {
  public AcceleratorCatalogue {
    classes = List.copyOf(classes);
  }
}
