package dev.comptroller.e2e;

import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.install.Chart;
import dev.comptroller.testkit.install.FreePort;
import dev.comptroller.testkit.install.InstalledChart;
import java.nio.file.Path;
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
    return install(controlPlane, folder, List.of());
  }

  /**
   * Installs the chart of this checkout and waits until operator and webhook are ready.
   *
   * @param checkedNamespaces namespaces, which exist, in which the operator may read Secrets
   */
  static InstalledChart install(
      ControlPlane controlPlane, Path folder, List<String> checkedNamespaces) {
    Checkout checkout = Checkout.current();
    return InstalledChart.install(
        controlPlane,
        chart(checkout, checkedNamespaces),
        checkout.tool("helm"),
        programs(checkout),
        folder);
  }

  /** The chart of a checkout with the values that a machine without containers needs. */
  private static Chart chart(Checkout checkout, List<String> checkedNamespaces) {
    int webhookPort = FreePort.next();
    return new Chart(
        checkout.path("charts/comptroller"),
        RELEASE,
        NAMESPACE,
        Map.of(
            "controllers",
            Map.of("jobset.x-k8s.io/JobSet", List.of(JOBSET_CONTROLLER)),
            "secrets",
            Map.of("checkedNamespaces", checkedNamespaces),
            "operator",
            Map.of("replicas", 1, "port", FreePort.next()),
            "webhook",
            Map.of(
                "replicas",
                1,
                "port",
                webhookPort,
                "healthPort",
                FreePort.next(),
                "url",
                "https://127.0.0.1:" + webhookPort),
            "opa",
            Map.of("path", checkout.tool("opa").toString())));
  }

  private static Map<String, List<String>> programs(Checkout checkout) {
    return Map.of(
        "comptroller/operator",
        checkout.javaProgram("operator", "dev.comptroller.operator.OperatorMain"),
        "comptroller/webhook",
        checkout.javaProgram("webhook", "dev.comptroller.webhook.WebhookMain"));
  }
}
