package dev.comptroller.e2e;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** The health that Argo CD's script reads off recorded objects. */
class ArgoHealthTest {
  private static final Map<String, String> HEALTH =
      Map.ofEntries(
          entry("acceleratorclass", "Healthy"),
          entry("approval-expired", "Degraded"),
          entry("approval-in-force", "Healthy"),
          entry("governancepolicy-in-force", "Healthy"),
          entry("modeldeployment-available", "Healthy"),
          entry("modeldeployment-awaiting-approval", "Progressing"),
          entry("modeldeployment-rolling-out", "Progressing"),
          entry("trainingrun-awaiting-approval", "Progressing"),
          entry("trainingrun-failed", "Degraded"),
          entry("trainingrun-refused", "Degraded"),
          entry("trainingrun-running", "Healthy"),
          entry("trainingrun-succeeded", "Healthy"),
          entry("trainingrun-suspended", "Suspended"),
          entry("trainingrun-unseen", "Progressing"));

  @Test
  void every_recorded_object_is_expected() {
    assertThat(RecordedObject.names()).containsExactlyInAnyOrderElementsOf(HEALTH.keySet());
  }

  @TestFactory
  Stream<DynamicTest> a_recorded_object_has_its_health() {
    return HEALTH.entrySet().stream()
        .map(
            expected ->
                DynamicTest.dynamicTest(
                    expected.getKey() + " is " + expected.getValue(),
                    () ->
                        assertThat(health(RecordedObject.read(expected.getKey()).object()))
                            .extracting(health -> health.get("status").tojstring())
                            .isEqualTo(expected.getValue())));
  }

  @Test
  void the_status_of_an_older_generation_tells_nothing() {
    ObjectNode running = RecordedObject.read("trainingrun-running").object();
    ObjectNode metadata = running.withObject("/metadata");
    metadata.put("generation", metadata.path("generation").asInt() + 1);

    assertThat(health(running).get("status").tojstring()).isEqualTo("Progressing");
  }

  @Test
  void what_is_refused_says_why() {
    assertThat(health(RecordedObject.read("trainingrun-refused").object()).get("message"))
        .hasToString(
            RecordedObject.read("trainingrun-refused")
                .object()
                .at("/status/conditions")
                .findParents("reason")
                .stream()
                .filter(condition -> condition.path("type").asText().equals("Stalled"))
                .findFirst()
                .orElseThrow()
                .path("message")
                .asText());
  }

  private static LuaValue health(ObjectNode object) {
    var globals = JsePlatform.standardGlobals();
    globals.set("obj", lua(object));
    return globals.load(script()).call();
  }

  private static LuaValue lua(JsonNode node) {
    if (node.isContainerNode()) {
      LuaTable table = new LuaTable();
      node.properties().forEach(field -> table.set(field.getKey(), lua(field.getValue())));
      for (int i = 0; i < node.size() && node.isArray(); i++) {
        table.set(i + 1, lua(node.get(i)));
      }
      return table;
    }
    return switch (node.getNodeType()) {
      case NUMBER -> LuaValue.valueOf(node.asDouble());
      case BOOLEAN -> LuaValue.valueOf(node.asBoolean());
      case NULL -> LuaValue.NIL;
      default -> LuaValue.valueOf(node.asText());
    };
  }

  private static String script() {
    try {
      String file = Files.readString(Checkout.current().path("examples/gitops/argocd-cm.yaml"));
      String customizations = Manifests.yaml(file).at("/data/resource.customizations").asText();
      return Manifests.yaml(customizations).at("/comptroller.dev~1*/health.lua").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
