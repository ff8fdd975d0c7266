package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.install.Chart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Some of the chart's objects on a real API server, without a webhook behind them: a review that is
 * sent fails, so everybody sees what is sent. They are removed on close.
 */
final class AdmissionObjects implements AutoCloseable {
  private static final Duration NOTICED = Duration.ofSeconds(30);

  private final KubernetesClient admin;
  private final Deque<HasMetadata> applied = new ArrayDeque<>();

  private AdmissionObjects(KubernetesClient admin) {
    this.admin = admin;
  }

  /**
   * Applies the chart's webhook configuration and the policy that guards it. Nothing is reviewed
   * outside the namespace.
   */
  static AdmissionObjects apply(KubernetesClient admin, String release, String namespace) {
    Checkout checkout = Checkout.current();
    List<GenericKubernetesResource> objects =
        new Chart(
                checkout.path("charts/comptroller"),
                release,
                namespace,
                Map.of("webhook", Map.of("url", "https://127.0.0.1:1")))
            .render(checkout.tool("helm"), admin.getKubernetesVersion().getGitVersion());
    AdmissionObjects result = new AdmissionObjects(admin);
    for (GenericKubernetesResource object : objects) {
      switch (object.getKind()) {
        case "ValidatingWebhookConfiguration" -> result.keep(only(namespace, object));
        case "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding" -> {
          if (object.getMetadata().getName().endsWith("-configuration")) {
            result.keep(object);
          }
        }
        default -> {}
      }
    }
    return result;
  }

  /** A client that takes the first answer: by default an error of a webhook is tried again. */
  static KubernetesClient impatient(ControlPlane controlPlane) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(controlPlane.config()).withRequestRetryBackoffLimit(0).build())
        .build();
  }

  /** Applies one more object, which is removed with the others. */
  void keep(HasMetadata object) {
    admin.resource(object).forceConflicts().serverSideApply();
    applied.push(object);
  }

  @Override
  public void close() {
    applied.forEach(object -> admin.resource(object).delete());
  }

  /**
   * Whether the API server asked a webhook, this one or that of a whole installation beside it; any
   * other refusal is the caller's error.
   */
  static boolean sent(Runnable request) {
    try {
      request.run();
      return false;
    } catch (KubernetesClientException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("failed calling webhook") || message.contains("denied the request: ")) {
        return true;
      }
      throw e;
    }
  }

  /** Waits until API server and controllers have noticed. */
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + NOTICED.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time over").isLessThan(end);
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static ValidatingWebhookConfiguration only(
      String namespace, GenericKubernetesResource object) {
    ValidatingWebhookConfiguration configuration =
        Serialization.unmarshal(Serialization.asJson(object), ValidatingWebhookConfiguration.class);
    // Cluster-scoped objects have no namespace to select them by.
    configuration.getWebhooks().removeIf(webhook -> webhook.getName().startsWith("policies."));
    configuration
        .getWebhooks()
        .forEach(
            webhook -> {
              var expression = webhook.getNamespaceSelector().getMatchExpressions().getFirst();
              expression.setOperator("In");
              expression.setValues(List.of(namespace));
            });
    return configuration;
  }
}
