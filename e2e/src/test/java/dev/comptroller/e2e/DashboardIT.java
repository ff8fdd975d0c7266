package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.LocalProcess;
import dev.comptroller.testkit.install.FreePort;
import dev.comptroller.testkit.install.InstalledChart;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes operator and webhook, and the dashboard asks it for what is there. */
@ExtendWith(ComptrollerExtension.class)
class DashboardIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Checkout checkout = Checkout.current();
  private final String address = "127.0.0.1:" + FreePort.next();
  private final Team team;
  private final InstalledChart installed;

  @TempDir private Path folder;
  private LocalProcess prometheus;

  DashboardIT(Team team, InstalledChart installed) {
    this.team = team;
    this.installed = installed;
  }

  @BeforeEach
  void start() throws IOException {
    Path configuration = Files.writeString(folder.resolve("prometheus.yaml"), configuration());
    prometheus =
        LocalProcess.start(
            "prometheus",
            List.of(
                checkout.tool("prometheus").toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=" + address),
            Map.of(),
            folder.resolve("prometheus.log"));
  }

  @AfterEach
  void stop() {
    prometheus.close();
  }

  @Test
  void every_panel_has_data() throws IOException {
    team.create(team.alice.sign(team.manifest("training-run", "seen")));
    JsonNode dashboard =
        JSON.readTree(checkout.path("charts/comptroller/files/monitoring/dashboard.json").toFile());
    List<String> queries = PrometheusApi.queries(dashboard);
    assertThat(queries).hasSizeGreaterThan(5);

    PrometheusApi prometheusApi = new PrometheusApi(address);
    await("Prometheus and what it has scraped")
        .atMost(LIMIT)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              // Something is refused all the time, so that there are refusals to show.
              team.verdict(team.manifest("training-run", "unsigned"));
              assertThat(queries)
                  .allSatisfy(query -> assertThat(prometheusApi.answer(query)).isNotEmpty());
            });
  }

  private String configuration() {
    String targets =
        installed.objects().stream()
            .filter(object -> object.getKind().equals("Deployment"))
            .map(DashboardIT::target)
            .collect(Collectors.joining());
    return "global: {scrape_interval: 1s}\nscrape_configs:\n- job_name: comptroller\n"
        + "  static_configs:\n"
        + targets;
  }

  private static String target(GenericKubernetesResource object) {
    Deployment deployment = Serialization.unmarshal(Serialization.asJson(object), Deployment.class);
    int port =
        deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getPorts().stream()
            .filter(declared -> declared.getName().equals("http"))
            .mapToInt(ContainerPort::getContainerPort)
            .findFirst()
            .orElseThrow();
    return "  - {targets: ['127.0.0.1:%d'], labels: {pod: %s}}\n"
        .formatted(port, object.getMetadata().getName());
  }
}
