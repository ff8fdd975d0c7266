package dev.comptroller.core.accelerator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.comptroller.core.Manifest;
import dev.comptroller.core.object.KubernetesObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceInventoryTest {
  private static final DeviceInventory INVENTORY =
      new DeviceInventory(
          List.of(
              slice(
                  "a",
                  """
                  - {name: quarter, attributes: {cut: {string: parts}}, consumesCounters: [{counterSet: all, counters: {memory: {value: 20Gi}}}]}
                  - {name: eighth, attributes: {cut: {string: parts}}, consumesCounters: [{counterSet: all, counters: {memory: {value: 10Gi}}}]}
                  - {name: half, attributes: {cut: {string: parts}}, consumesCounters: [{counterSet: all, counters: {memory: {value: 40Gi}}}]}
                  """),
              slice(
                  "b",
                  """
                  - {name: shared, attributes: {cut: {string: shared}}, allowMultipleAllocations: true, capacity: {memory: {value: 80Gi}}}
                  - {name: whole, attributes: {cut: {string: full}}}
                  """)));

  @Test
  void of_the_devices_that_may_be_chosen_the_largest_part_counts() {
    assertThat(largest("'parts'")).isEqualTo("0.5");
    assertThat(largest("'full'")).isEqualTo("1");
  }

  @Test
  void of_a_device_that_is_shared_the_capacity_that_is_asked_for_counts() {
    DeviceSelector shared = cut("'shared'");

    assertThat(
            INVENTORY
                .largestShare(shared, JsonNodeFactory.instance.objectNode().put("memory", "20Gi"))
                .orElseThrow())
        .hasToString("0.25");
    assertThat(INVENTORY.largestShare(shared, MissingNode.getInstance()).orElseThrow())
        .hasToString("1");
  }

  @Test
  void where_no_device_may_be_chosen_there_is_no_part() {
    assertThat(INVENTORY.largestShare(cut("'never'"), MissingNode.getInstance())).isEmpty();
  }

  @Test
  void a_condition_that_is_not_understood_may_choose_any_device() {
    DeviceSelector selector =
        new DeviceSelector(
            List.of("device.driver == 'd.example.com' && device.capacity['x'].y.isGreaterThan(z)"));

    assertThat(INVENTORY.largestShare(selector, MissingNode.getInstance()).orElseThrow())
        .hasToString("1");
    assertThat(INVENTORY.mostOnOneNode(selector)).hasToString("2");
    assertThat(INVENTORY.mostOnOneNode(new DeviceSelector(List.of("device.driver == 'other'"))))
        .hasToString("0");
  }

  private static String largest(String value) {
    return INVENTORY.largestShare(cut(value), MissingNode.getInstance()).orElseThrow().toString();
  }

  private static DeviceSelector cut(String value) {
    return new DeviceSelector(
        List.of(
            "device.attributes['d.example.com'].cut == " + value,
            "device.driver == 'd.example.com'"));
  }

  private static KubernetesObject slice(String node, String devices) {
    return Manifest.of(
        """
        apiVersion: resource.k8s.io/v1
        kind: ResourceSlice
        metadata: {name: %1$s}
        spec:
          driver: d.example.com
          nodeName: %1$s
          pool: {name: %1$s, generation: 1}
          sharedCounters:
          - {name: all, counters: {memory: {value: 80Gi}}}
          devices:
        """
                .formatted(node)
            + devices.indent(2));
  }
}
