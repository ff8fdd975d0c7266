package dev.comptroller.testkit.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import dev.comptroller.testkit.FreshNamespace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ControlPlaneExtension.class)
class InstalledChartIT {
  private static final Map<String, List<String>> PROGRAMS =
      Map.of(
          "example/file-server",
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-m",
              "jdk.httpserver"));

  private final int port = FreePort.next();

  @TempDir private Path folder;

  @Test
  void a_deployment_runs_as_a_local_process_until_the_chart_is_removed(
      ControlPlane controlPlane, FreshNamespace namespace) throws Exception {
    try (InstalledChart installed = install(controlPlane, namespace, PROGRAMS)) {
      assertThat(greeting()).isEqualTo("good morning");
      assertThat(
              controlPlane
                  .admin()
                  .genericKubernetesResources("testkit.comptroller.dev/v1", "Greeting")
                  .inNamespace(namespace.name())
                  .withName("greeting")
                  .get()
                  .<String>get("spec", "text"))
          .isEqualTo("good morning");
      assertThat(installed.deployment("greeting").isAlive()).isTrue();
    }
    assertThatThrownBy(this::greeting).isInstanceOf(ConnectException.class);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        controlPlane
                            .admin()
                            .apps()
                            .deployments()
                            .inNamespace(namespace.name())
                            .list()
                            .getItems())
                    .isEmpty());
  }

  @Test
  void a_deployment_that_was_killed_starts_again(
      ControlPlane controlPlane, FreshNamespace namespace) throws Exception {
    try (InstalledChart installed = install(controlPlane, namespace, PROGRAMS)) {
      LocalDeployment deployment = installed.deployment("greeting");
      deployment.kill();
      assertThatThrownBy(this::greeting).isInstanceOf(ConnectException.class);
      deployment.start();
      assertThat(greeting()).isEqualTo("good morning");
    }
  }

  @Test
  void a_process_is_its_service_account_to_the_api_server(
      ControlPlane controlPlane, FreshNamespace namespace) {
    try (InstalledChart installed = install(controlPlane, namespace, PROGRAMS);
        KubernetesClient account =
            new KubernetesClientBuilder()
                .withConfig(
                    Config.fromKubeconfig(
                        installed
                            .deployment("greeting")
                            .log()
                            .resolveSibling("kubeconfig")
                            .toFile()))
                .build()) {
      assertThatThrownBy(() -> account.secrets().inNamespace(namespace.name()).list())
          .hasMessageContaining("system:serviceaccount:" + namespace + ":greeting");
    }
  }

  @Test
  void a_process_that_ends_at_once_is_reported_with_its_log(
      ControlPlane controlPlane, FreshNamespace namespace) {
    Map<String, List<String>> broken =
        Map.of("example/file-server", List.of("sh", "-c", "echo no such thing; exit 3"));
    assertThatThrownBy(() -> install(controlPlane, namespace, broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("greeting ended")
        .hasMessageContaining("no such thing");
  }

  private InstalledChart install(
      ControlPlane controlPlane, FreshNamespace namespace, Map<String, List<String>> programs) {
    Checkout checkout = Checkout.current();
    Chart chart =
        new Chart(
            checkout.path("testkit/src/test/resources/charts/greeting"),
            "greeting",
            namespace.name(),
            Map.of("port", port, "greeting", "good morning"));
    return InstalledChart.install(controlPlane, chart, checkout.tool("helm"), programs, folder);
  }

  private String greeting() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/greeting.txt"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
