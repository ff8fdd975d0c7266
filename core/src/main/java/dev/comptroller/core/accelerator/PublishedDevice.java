package dev.comptroller.core.accelerator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.object.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * A device in a resource slice.
 *
 * @param driver whose it is
 * @param node the only node that reaches it; empty if others may
 * @param whole names the device that this one is, or is a part of
 * @param share which part of that
 * @param device as it is published
 */
public record PublishedDevice(
    String driver, Optional<String> node, String whole, Weight share, JsonNode device) {
  private static final int READABLE_SCALE = 100;

  static PublishedDevice of(
      JsonNode slice, String pool, JsonNode device, Map<String, JsonNode> sharedCounters) {
    String nodeName = slice.path("nodeName").asText(device.path("nodeName").asText(""));
    // The published fields were below "basic" in the first versions.
    JsonNode fields = device.has("basic") ? device.path("basic") : device;
    String name = pool + "/" + device.path("name").asText();
    Weight share = Weight.ONE;
    String whole = name;
    JsonNode consumed = fields.path("consumesCounters");
    if (!consumed.isEmpty()) {
      share = Weight.ZERO;
      for (JsonNode set : consumed) {
        String counterSet = pool + "/" + set.path("counterSet").asText();
        whole = "counters of " + counterSet;
        JsonNode all = sharedCounters.get(counterSet);
        share = share.max(all == null ? Weight.ONE : share(set.path("counters"), all));
      }
      share = share.isZero() ? Weight.ONE : share;
    }
    return new PublishedDevice(
        slice.path("driver").asText(),
        nodeName.isEmpty() ? Optional.empty() : Optional.of(nodeName),
        whole,
        share,
        fields);
  }

  private static Weight share(JsonNode consumed, JsonNode all) {
    Weight largest = Weight.ZERO;
    for (Map.Entry<String, JsonNode> counter : consumed.properties()) {
      Optional<BigDecimal> part = quantity(counter.getValue().path("value"));
      Optional<BigDecimal> total = quantity(all.path(counter.getKey()).path("value"));
      largest =
          largest.max(
              part.isPresent() && total.isPresent() ? ratio(part.get(), total.get()) : Weight.ONE);
    }
    return largest;
  }

  /** A part of a total, at most the whole. */
  static Weight ratio(BigDecimal part, BigDecimal total) {
    if (part.signum() < 0 || total.signum() <= 0) {
      return Weight.ONE;
    }
    int scale = Math.max(0, Math.max(part.scale(), total.scale()));
    return new Weight(part.setScale(scale).unscaledValue(), total.setScale(scale).unscaledValue())
        .min(Weight.ONE);
  }

  static Optional<BigDecimal> quantity(JsonNode node) {
    return Quantity.parse(node.asText(""))
        .map(Quantity::value)
        .filter(value -> Math.abs((long) value.scale()) < READABLE_SCALE);
  }

  /** A text attribute; empty if the device has none of that name. */
  String attribute(String domain, String name) {
    JsonNode attributes = device.path("attributes");
    JsonNode own = domain.equals(driver) ? attributes.path(name) : attributes.path("");
    JsonNode found =
        attributes.has(domain + "/" + name) ? attributes.path(domain + "/" + name) : own;
    return found.path("string").asText(found.path("version").asText(""));
  }

  /**
   * The part that a request for capacity takes of it: the largest over its dimensions. What cannot
   * be shared is taken whole.
   *
   * @param requests quantities by dimension; a missing node if nothing is asked
   */
  public Weight share(JsonNode requests) {
    if (!device.path("allowMultipleAllocations").asBoolean(false)) {
      return share;
    }
    Weight largest = Weight.ZERO;
    for (Map.Entry<String, JsonNode> dimension : device.path("capacity").properties()) {
      largest =
          largest.max(ConsumedCapacity.of(dimension.getValue(), requests.path(dimension.getKey())));
    }
    return largest.isZero() ? share : largest.times(share);
  }
}
