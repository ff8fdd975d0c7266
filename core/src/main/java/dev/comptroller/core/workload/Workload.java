package dev.comptroller.core.workload;

import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import java.util.List;

/**
 * What an object runs, whatever its kind: its pod templates and what bounds their number and time.
 */
public sealed interface Workload
    permits PodWorkload, JobWorkload, ReplicatedWorkload, UnpricedWorkload {

  /** The kind, as manifests write it. */
  String kind();

  /** Every pod template it makes pods from. */
  List<PodTemplate> templates();

  /** Every image its pods run or mount. */
  default List<ImageReference> images() {
    return templates().stream().flatMap(template -> template.images().stream()).toList();
  }

  /** Every way its pods reach accelerators without requesting them. */
  default List<AcceleratorBypass> bypasses() {
    return templates().stream().flatMap(template -> template.bypasses().stream()).toList();
  }

  /**
   * Whether its pods ask for an accelerator, for something that may be one, for a resource claim,
   * or reach accelerators around their requests. Says nothing about how many pods there are.
   */
  default boolean needsAccelerators(AcceleratorCatalogue catalogue) {
    return templates().stream().anyMatch(template -> template.needsAccelerators(catalogue));
  }
}
