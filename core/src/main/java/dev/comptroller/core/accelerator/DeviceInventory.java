package dev.comptroller.core.accelerator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.object.KubernetesObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The devices that drivers of Dynamic Resource Allocation have published in resource slices, of
 * each pool its newest generation.
 */
public final class DeviceInventory {
  private final List<PublishedDevice> devices = new ArrayList<>();
  private final Set<String> nodes = new LinkedHashSet<>();

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
    devices.forEach(device -> nodes.addAll(device.node().stream().toList()));
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

  /** All devices that match. */
  public List<PublishedDevice> matching(Predicate<PublishedDevice> selected) {
    return devices.stream().filter(selected).toList();
  }

  /**
   * The most that all matching devices within the reach of one node are worth, in whole devices.
   * Parts of one device are not worth more than the device.
   */
  public Weight mostOnOneNode(Predicate<PublishedDevice> selected) {
    List<PublishedDevice> matching = matching(selected);
    Weight everywhere = sum(matching.stream().filter(each -> each.node().isEmpty()).toList());
    Weight most = everywhere;
    for (String node : nodes) {
      List<PublishedDevice> reached =
          matching.stream()
              .filter(each -> each.node().isEmpty() || each.node().get().equals(node))
              .toList();
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
