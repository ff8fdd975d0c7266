package dev.comptroller.core.gpuhours;

import dev.comptroller.core.accelerator.Weight;
import dev.comptroller.core.workload.PodTemplate;
import java.util.Optional;

/** What one unit of a resource is worth to pods. */
interface Prices {

  /**
   * The worth of a resource; empty if it is not known, zero if it is no accelerator.
   *
   * @param pod who asks for it
   */
  Optional<Weight> of(String resource, PodTemplate pod);

  /** The worth of a device of a class, before its parts are looked at. */
  Optional<Weight> ofDeviceClass(String deviceClass, PodTemplate pod);
}
