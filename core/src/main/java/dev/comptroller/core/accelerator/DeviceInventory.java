package dev.comptroller.core.accelerator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.object.KubernetesObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices that drivers of Dynamic Resource Allocation have published in resource slices, of
 * each pool its newest generation.
 */
public final class DeviceInventory {
  /** The largest parts first. */
  private final List<PublishedDevice> devices = new ArrayList<>();

  private final List<PublishedDevice> everywhere = new ArrayList<>();
  private final Map<String, List<PublishedDevice>> byNode = new HashMap<>();

  /**
   * @param slices all ResourceSlice objects
   */
  public DeviceInventory(List<KubernetesObject> slices) {
    Map<String, Long> newest = new HashMap<>();
    for (KubernetesObject slice : slices) {
      newest.merge(pool(slice), generation(slice), Math::max);
    }
    List<KubernetesObject> current =
        slices.stream().filter(s -> generation(s) == newest.getOrDefault(pool(s), 0L)).toList();
    Map<String, JsonNode> counters = new HashMap<>();
    for (KubernetesObject slice : current) {
      for (JsonNode set : slice.spec().path("sharedCounters")) {
        counters.put(pool(slice) + "/" + set.path("name").asText(), set.path("counters"));
      }
    }
    for (KubernetesObject slice : current) {
      for (JsonNode device : slice.spec().path("devices")) {
        devices.add(PublishedDevice.of(slice.spec(), pool(slice), device, counters));
      }
    }
    devices.sort(Comparator.comparing((PublishedDevice device) -> device.share()).reversed());
    for (PublishedDevice device : devices) {
      device
          .node()
          .map(node -> byNode.computeIfAbsent(node, name -> new ArrayList<>()))
          .orElse(everywhere)
          .add(device);
    }
  }

  private static String pool(KubernetesObject slice) {
    return slice.spec().path("driver").asText() + "/" + slice.spec().at("/pool/name").asText();
  }

  private static long generation(KubernetesObject slice) {
    return slice.spec().at("/pool/generation").asLong(0);
  }

  /** Whether nothing is published. */
  public boolean isEmpty() {
    return devices.isEmpty();
  }

  /**
   * The largest part of a device that a request takes, which is chosen from devices that match;
   * empty if none does.
   *
   * @param capacity the capacity that it asks for; a missing node if it asks for none
   */
  public Optional<Weight> largestShare(DeviceSelector selected, JsonNode capacity) {
    Optional<Weight> largest = Optional.empty();
    for (PublishedDevice device : devices) {
      if (largest.isPresent() && largest.get().compareTo(device.share()) >= 0) {
        // No request takes more of a device than all of it, and those that follow are no larger.
        return largest;
      }
      if (selected.mayChoose(device)) {
        largest = Optional.of(device.share(capacity).max(largest.orElse(Weight.ZERO)));
      }
    }
    return largest;
  }

  /**
   * The most that all matching devices within the reach of one node are worth, in whole devices.
   * Parts of one device are not worth more than the device.
   */
  public Weight mostOnOneNode(DeviceSelector selected) {
    List<PublishedDevice> reachedByAll = everywhere.stream().filter(selected::mayChoose).toList();
    Weight most = sum(reachedByAll);
    for (List<PublishedDevice> onNode : byNode.values()) {
      List<PublishedDevice> reached = new ArrayList<>(reachedByAll);
      onNode.stream().filter(selected::mayChoose).forEach(reached::add);
      most = most.max(sum(reached));
    }
    return most;
  }

  private static Weight sum(List<PublishedDevice> devices) {
    Map<String, Weight> byWhole = new HashMap<>();
    for (PublishedDevice device : devices) {
      byWhole.merge(device.whole(), device.share(), (a, b) -> a.plus(b).min(Weight.ONE));
    }
    return byWhole.values().stream().reduce(Weight.ZERO, Weight::plus);
  }
}
