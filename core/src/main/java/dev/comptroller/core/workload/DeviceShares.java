package dev.comptroller.core.workload;

import dev.comptroller.core.accelerator.Weight;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parts of GPUs asked for by the annotations of the KAI scheduler or the resources of Volcano. A
 * share of memory or cores may be any part of a device, so it counts as a whole one.
 */
final class DeviceShares {
  private static final String FRACTION = "gpu-fraction";
  private static final String MEMORY = "gpu-memory";
  private static final String DEVICES = "gpu-fraction-num-devices";
  private static final Set<String> ALL = Set.of(FRACTION, MEMORY, DEVICES);
  private static final String RESOURCE = "nvidia.com/gpu";
  private static final String VOLCANO_DEVICES = "volcano.sh/vgpu-number";
  private static final Set<String> VOLCANO_PARTS =
      Set.of(
          "volcano.sh/gpu-memory",
          "volcano.sh/vgpu-cores",
          "volcano.sh/vgpu-memory",
          "volcano.sh/vgpu-memory-percentage");
  private static final Pattern WHOLE = Pattern.compile("[1-9][0-9]{0,17}");

  private DeviceShares() {}

  /** Whether an annotation asks for a share in a way that can be read. */
  static boolean reads(String name, Field annotations) {
    return ALL.contains(name) && !of(annotations).isEmpty();
  }

  static List<DeviceShare> of(Field annotations) {
    Field fraction = annotations.get(FRACTION);
    Field memory = annotations.get(MEMORY);
    Field devices = annotations.get(DEVICES);
    Field asked = fraction.present() ? fraction : memory;
    Optional<Weight> part = fraction.present() ? part(fraction) : whole(memory);
    if (part.isEmpty() || (devices.present() && whole(devices).isEmpty())) {
      return List.of();
    }
    long count = devices.present() ? Long.parseLong(devices.textOrEmpty()) : 1;
    return List.of(new DeviceShare(RESOURCE, part.get().times(count), asked.pointer()));
  }

  /** Whether a resource asks for a share of a device. */
  static boolean isShare(ResourceRequest request) {
    return request.resource().equals(VOLCANO_DEVICES) || VOLCANO_PARTS.contains(request.resource());
  }

  /** The shares among requests: so many devices, or parts of one. */
  static List<DeviceShare> of(List<ResourceRequest> requests) {
    List<ResourceRequest> asked =
        requests.stream().filter(each -> isShare(each) && each.count() > 0).toList();
    return asked.stream()
        .filter(each -> each.resource().equals(VOLCANO_DEVICES))
        .findFirst()
        .or(() -> asked.stream().findFirst())
        .map(
            each ->
                new DeviceShare(
                    RESOURCE,
                    each.resource().equals(VOLCANO_DEVICES)
                        ? Weight.ONE.times(each.count())
                        : Weight.ONE,
                    each.pointer()))
        .stream()
        .toList();
  }

  /** The fraction of a device, which is not more than one. */
  private static Optional<Weight> part(Field fraction) {
    try {
      return fraction
          .text()
          .map(Weight::parse)
          .filter(part -> !part.isZero() && part.compareTo(Weight.ONE) <= 0);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Weight> whole(Field number) {
    return number.text().filter(text -> WHOLE.matcher(text).matches()).map(text -> Weight.ONE);
  }
}
