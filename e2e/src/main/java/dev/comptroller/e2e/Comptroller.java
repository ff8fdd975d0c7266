package dev.comptroller.e2e;

import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.install.Chart;
import dev.comptroller.testkit.install.FreePort;
import dev.comptroller.testkit.install.InstalledChart;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Installs Comptroller's chart with operator and webhook as local processes. */
public final class Comptroller {
  /** Name of the release, with which the names of its objects start. */
  public static final String RELEASE = "comptroller";

  /** Namespace of the release. */
  public static final String NAMESPACE = "comptroller-system";

  private Comptroller() {}

  /** Who creates the Jobs of JobSets, where that controller is installed as its project says. */
  static final String JOBSET_CONTROLLER =
      "system:serviceaccount:jobset-system:jobset-controller-manager";

  /**
   * Installs the chart of this checkout and waits until operator and webhook are ready.
   *
   * @param folder where logs and kubeconfigs of the processes go
   */
  public static InstalledChart install(ControlPlane controlPlane, Path folder) {
    return install(controlPlane, folder, Map.of());
  }

  /**
   * Installs the chart of this checkout and waits until operator and webhook are ready.
   *
   * @param values values of the chart that are to differ, by group and name, such as {@code
   *     webhook.url}
   */
  public static InstalledChart install(
      ControlPlane controlPlane, Path folder, Map<String, Object> values) {
    Checkout checkout = Checkout.current();
    return InstalledChart.install(
        controlPlane, chart(checkout, values), checkout.tool("helm"), programs(checkout), folder);
  }

  /** How the API server reaches the webhook of the release, for one of its kinds of review. */
  public static WebhookClientConfig webhookClient(KubernetesClient client) {
    return webhooks(client).getFirst().getClientConfig();
  }

  /** What the API server has reviewed by the webhook of the release. */
  static List<ValidatingWebhook> webhooks(KubernetesClient client) {
    return client
        .admissionRegistration()
        .v1()
        .validatingWebhookConfigurations()
        .withName(RELEASE + "-webhook")
        .get()
        .getWebhooks();
  }

  /** The chart of a checkout with the values that a machine without containers needs. */
  private static Chart chart(Checkout checkout, Map<String, Object> differing) {
    int webhookPort = FreePort.next();
    Map<String, Object> values =
        new HashMap<>(
            Map.of(
                "controllers.jobset.x-k8s.io/JobSet",
                List.of(JOBSET_CONTROLLER),
                "operator.replicas",
                1,
                "operator.port",
                FreePort.next(),
                "webhook.replicas",
                1,
                "webhook.port",
                webhookPort,
                "webhook.healthPort",
                FreePort.next(),
                "webhook.url",
                "https://127.0.0.1:" + webhookPort,
                "opa.path",
                checkout.tool("opa").toString()));
    values.putAll(differing);
    return new Chart(
        checkout.path("charts/comptroller"), RELEASE, NAMESPACE, Map.copyOf(grouped(values)));
  }

  private static Map<String, Map<String, Object>> grouped(Map<String, Object> values) {
    Map<String, Map<String, Object>> groups = new HashMap<>();
    values.forEach(
        (path, value) -> {
          String[] parts = path.split("\\.", 2);
          groups.computeIfAbsent(parts[0], group -> new HashMap<>()).put(parts[1], value);
        });
    return groups;
  }

  private static Map<String, List<String>> programs(Checkout checkout) {
    return Map.of(
        "comptroller/operator",
        checkout.javaProgram("operator", "dev.comptroller.operator.OperatorMain"),
        "comptroller/webhook",
        checkout.javaProgram("webhook", "dev.comptroller.webhook.WebhookMain"));
  }
}
