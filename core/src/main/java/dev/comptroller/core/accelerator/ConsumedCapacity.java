package dev.comptroller.core.accelerator;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How much of one dimension of a device a request takes: what it asks for, or the default, rounded
 * up as the device's request policy says.
 */
final class ConsumedCapacity {
  private ConsumedCapacity() {}

  /**
   * The part of the whole; all of it where nothing says less.
   *
   * @param capacity the dimension as the device publishes it
   * @param asked the quantity that is requested; a missing node if none is
   */
  static Weight of(JsonNode capacity, JsonNode asked) {
    JsonNode policy = capacity.path("requestPolicy");
    Optional<BigDecimal> whole = PublishedDevice.quantity(capacity.path("value"));
    Optional<BigDecimal> wanted =
        PublishedDevice.quantity(asked).or(() -> PublishedDevice.quantity(policy.path("default")));
    if (whole.isEmpty() || wanted.isEmpty()) {
      return Weight.ONE;
    }
    return PublishedDevice.ratio(rounded(wanted.get(), policy, whole.get()), whole.get());
  }

  private static BigDecimal rounded(BigDecimal wanted, JsonNode policy, BigDecimal whole) {
    JsonNode values = policy.path("validValues");
    if (!values.isEmpty()) {
      BigDecimal smallest = whole;
      for (JsonNode value : values) {
        BigDecimal valid = PublishedDevice.quantity(value).orElse(whole);
        if (valid.compareTo(wanted) >= 0) {
          smallest = smallest.min(valid);
        }
      }
      return smallest;
    }
    JsonNode range = policy.path("validRange");
    BigDecimal least = PublishedDevice.quantity(range.path("min")).orElse(BigDecimal.ZERO);
    if (wanted.compareTo(least) <= 0) {
      return least.signum() == 0 ? wanted : least;
    }
    Optional<BigDecimal> step =
        PublishedDevice.quantity(range.path("step")).filter(each -> each.signum() > 0);
    return step.map(
            each ->
                wanted
                    .subtract(least)
                    .divide(each, 0, RoundingMode.CEILING)
                    .multiply(each)
                    .add(least))
        .orElse(wanted);
  }
}
