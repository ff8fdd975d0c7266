package dev.comptroller.core.gpuhours;

import static dev.comptroller.core.accelerator.Catalogues.NVIDIA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.core.Manifest;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.Surroundings;
import dev.comptroller.core.workload.WorkloadReader;

/** The bounds of manifests whose controllers are imitated. */
final class Imitated {
  /** A pod template with one GPU; takes fields of its spec, and the grace period. */
  static final String POD =
      "{spec: {%sterminationGracePeriodSeconds: %d, containers: [{name: main, resources: {limits:"
          + " {nvidia.com/gpu: 1}}}]}}";

  private Imitated() {}

  static GpuHours bound(String spec, String apiVersion, String kind) {
    return bound(
        "{apiVersion: %s, kind: %s, spec: %s}".formatted(apiVersion, kind, spec),
        Surroundings.UNKNOWN);
  }

  static GpuHours bound(String manifest, Surroundings around) {
    Reading reading = WorkloadReader.read(Manifest.of(manifest), around);
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return UpperBound.of(((Reading.Read) reading).workload(), NVIDIA, around);
  }
}
