package dev.comptroller.webhook.tls;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The {@code caBundle} of a ValidatingWebhookConfiguration. It is applied as the only field that is
 * ours, so whoever installs the configuration neither resets it nor sees a difference.
 */
final class TrustBundle {
  private static final String FIELD_MANAGER = "comptroller-webhook";

  private final KubernetesClient client;
  private final String configuration;

  TrustBundle(KubernetesClient client, String configuration) {
    this.client = client;
    this.configuration = configuration;
  }

  /** What every webhook of the configuration trusts; empty while there is no configuration. */
  List<X509Certificate> published() {
    ValidatingWebhookConfiguration found = find();
    if (found == null || found.getWebhooks().isEmpty()) {
      return List.of();
    }
    Set<X509Certificate> common = new LinkedHashSet<>(trusted(found.getWebhooks().getFirst()));
    found.getWebhooks().forEach(webhook -> common.retainAll(trusted(webhook)));
    return List.copyOf(common);
  }

  /** Makes every webhook trust exactly these; false while there is no configuration. */
  boolean publish(List<X509Certificate> certificates) {
    ValidatingWebhookConfiguration found = find();
    if (found == null || found.getWebhooks().isEmpty()) {
      return false;
    }
    boolean done =
        found.getWebhooks().stream().allMatch(webhook -> trusted(webhook).equals(certificates));
    if (!done) {
      apply(found, certificates);
    }
    return true;
  }

  private void apply(ValidatingWebhookConfiguration found, List<X509Certificate> certificates) {
    String bundle =
        Base64.getEncoder().encodeToString(Pem.of(certificates).getBytes(StandardCharsets.UTF_8));
    List<ValidatingWebhook> ours =
        found.getWebhooks().stream()
            .map(
                webhook ->
                    new ValidatingWebhookBuilder()
                        .withName(webhook.getName())
                        .withNewClientConfig()
                        .withCaBundle(bundle)
                        .endClientConfig()
                        .build())
            .toList();
    client
        .resource(
            new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(configuration)
                .endMetadata()
                .withWebhooks(ours)
                .build())
        .fieldManager(FIELD_MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  private ValidatingWebhookConfiguration find() {
    return client
        .admissionRegistration()
        .v1()
        .validatingWebhookConfigurations()
        .withName(configuration)
        .get();
  }

  private static List<X509Certificate> trusted(ValidatingWebhook webhook) {
    String bundle = webhook.getClientConfig().getCaBundle();
    if (bundle == null || bundle.isEmpty()) {
      return List.of();
    }
    try {
      return Pem.certificates(
          new String(Base64.getDecoder().decode(bundle), StandardCharsets.UTF_8));
    } catch (UnusableCertificateException | IllegalArgumentException e) {
      return List.of();
    }
  }
}
