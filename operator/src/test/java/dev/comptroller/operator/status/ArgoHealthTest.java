package dev.comptroller.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.comptroller.api.v1alpha1.StatusCondition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

class ArgoHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void an_object_that_the_operator_has_not_seen_is_progressing() throws IOException {
    assertThat(health(2, 1, List.of(Observation.yes("Ready", "Running", "1 pod"))))
        .isEqualTo("Progressing");
  }

  @Test
  void a_refused_object_is_degraded() throws IOException {
    assertThat(
            health(
                1,
                1,
                List.of(
                    Observation.no("Ready", "Denied", "Unsigned"),
                    Observation.yes("Stalled", "Denied", "Unsigned"))))
        .isEqualTo("Degraded");
  }

  @Test
  void an_object_that_awaits_approval_is_progressing() throws IOException {
    assertThat(
            health(
                1,
                1,
                List.of(
                    Observation.no("Ready", "AwaitingApproval", "1 more"),
                    Observation.yes("Reconciling", "AwaitingApproval", "1 more"))))
        .isEqualTo("Progressing");
  }

  @Test
  void a_running_object_is_healthy_even_where_nothing_monitors_it() throws IOException {
    assertThat(
            health(
                1,
                1,
                List.of(
                    Observation.no("Monitored", "PrometheusOperatorAbsent", ""),
                    Observation.yes("Ready", "Running", "1 pod"))))
        .isEqualTo("Healthy");
  }

  @Test
  void a_suspended_object_is_suspended() throws IOException {
    assertThat(health(1, 1, List.of(Observation.no("Ready", "Suspended", "on request"))))
        .isEqualTo("Suspended");
  }

  private static String health(int generation, int observed, List<Observation> observations)
      throws IOException {
    Globals globals = JsePlatform.standardGlobals();
    globals.set("obj", object(generation, observed, observations));
    return globals.load(script()).call().get("status").tojstring();
  }

  private static LuaTable object(int generation, int observed, List<Observation> observations) {
    LuaTable metadata = new LuaTable();
    metadata.set("generation", LuaValue.valueOf(generation));
    LuaTable conditions = new LuaTable();
    int index = 1;
    for (StatusCondition condition : Conditions.of(observations, List.of(), observed, NOW)) {
      LuaTable entry = new LuaTable();
      entry.set("type", condition.type());
      entry.set("status", condition.status());
      entry.set("reason", condition.reason());
      entry.set("message", condition.message());
      conditions.set(index++, entry);
    }
    LuaTable status = new LuaTable();
    status.set("observedGeneration", LuaValue.valueOf(observed));
    status.set("conditions", conditions);
    LuaTable object = new LuaTable();
    object.set("metadata", metadata);
    object.set("status", status);
    return object;
  }

  private static String script() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    JsonNode configuration = yaml.readTree(Path.of("../examples/gitops/argocd-cm.yaml").toFile());
    String customizations = configuration.at("/data/resource.customizations").asText();
    return yaml.readTree(customizations).path("comptroller.dev/*").path("health.lua").asText();
  }
}
