package dev.comptroller.webhook.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import dev.comptroller.testkit.FreshNamespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class SelfIssuedCertificateIT {
  private static final String SECRET = "webhook-tls";
  private static final Set<String> NAMES = Set.of("webhook.system.svc", "127.0.0.1");

  private final KubernetesClient client;
  private final String namespace;
  private final Instant now = Instant.now();

  SelfIssuedCertificateIT(ControlPlane controlPlane, FreshNamespace fresh) {
    this.client = controlPlane.admin();
    this.namespace = fresh.name();
  }

  @BeforeEach
  void create() {
    client.resource(configuration()).create();
  }

  @AfterEach
  void remove() {
    client.resource(configuration()).delete();
    client.secrets().inNamespace(namespace).withName(SECRET).delete();
  }

  @Test
  void replicas_that_start_together_agree_and_every_webhook_trusts_them() throws Exception {
    Callable<ServingPair> start = () -> replica().current(now);
    try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
      Set<ServingPair> served = new HashSet<>();
      for (Future<ServingPair> pair : replicas.invokeAll(List.of(start, start, start, start))) {
        served.add(pair.get());
      }
      assertThat(served).hasSize(1);
      ServingPair agreed = served.iterator().next();
      agreed.check(now, NAMES);
      assertThat(published()).hasSize(1);
      assertThat(signed(published().getFirst(), agreed)).isTrue();
    }
  }

  @Test
  void a_restart_changes_nothing() throws Exception {
    ServingPair before = replica().current(now);
    List<X509Certificate> trusted = published();
    String version = stored().getMetadata().getResourceVersion();

    SelfIssuedCertificate restarted = replica();
    assertThat(restarted.published()).isFalse();
    assertThat(restarted.current(now.plusSeconds(60))).isEqualTo(before);

    assertThat(restarted.published()).isTrue();
    assertThat(published()).isEqualTo(trusted);
    assertThat(stored().getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void installing_the_chart_again_does_not_reset_what_is_trusted() throws Exception {
    SelfIssuedCertificate replica = replica();
    replica.current(now);
    List<X509Certificate> trusted = published();

    client.resource(configuration()).fieldManager("helm").forceConflicts().serverSideApply();

    assertThat(published()).isEqualTo(trusted).isNotEmpty();
  }

  @Test
  void a_new_authority_is_trusted_everywhere_before_it_signs() throws Exception {
    SelfIssuedCertificate replica = replica();
    ServingPair first = replica.current(now);
    Instant due = now.plus(Duration.ofDays(260));

    replica.current(due);
    assertThat(published()).hasSize(2);
    X509Certificate successor = published().getLast();
    assertThat(signed(successor, replica.current(due.plusSeconds(60)))).isFalse();

    ServingPair rotated = replica.current(due.plus(Duration.ofMinutes(6)));
    assertThat(signed(successor, rotated)).isTrue();
    assertThat(published()).hasSize(2);
    assertThat(rotated).isNotEqualTo(first);

    replica.current(now.plus(Duration.ofDays(366)));
    assertThat(published()).containsExactly(successor);
  }

  @Test
  void a_bundle_that_somebody_emptied_is_published_again() throws Exception {
    SelfIssuedCertificate replica = replica();
    replica.current(now);
    List<X509Certificate> trusted = published();
    client
        .admissionRegistration()
        .v1()
        .validatingWebhookConfigurations()
        .withName(namespace)
        .edit(
            found -> {
              found.getWebhooks().getFirst().getClientConfig().setCaBundle(null);
              return found;
            });
    assertThat(published()).isEmpty();

    replica.current(now);

    assertThat(published()).isEqualTo(trusted);
  }

  @Test
  void a_secret_that_cannot_be_read_is_left_alone_and_named() throws Exception {
    replica().current(now);
    client
        .secrets()
        .inNamespace(namespace)
        .withName(SECRET)
        .edit(
            secret -> {
              secret.setData(Map.of("tls.crt", base64("no certificate"), "ca.crt", base64("x")));
              return secret;
            });

    assertThatThrownBy(() -> replica().current(now))
        .isInstanceOf(UnusableCertificateException.class)
        .hasMessageContaining("Secret " + namespace + "/" + SECRET)
        .hasMessageContaining("delete it");
    assertThat(stored().getData()).containsEntry("tls.crt", base64("no certificate"));
  }

  @Test
  void without_a_configuration_it_is_served_but_not_published() throws Exception {
    client.resource(configuration()).delete();
    SelfIssuedCertificate replica = replica();

    replica.current(now);
    assertThat(replica.published()).isFalse();

    client.resource(configuration()).create();
    replica.current(now);
    assertThat(replica.published()).isTrue();
  }

  private SelfIssuedCertificate replica() {
    return new SelfIssuedCertificate(
        client, namespace, SECRET, Optional.of(namespace), NAMES, Lifetimes.DEFAULT);
  }

  private Secret stored() {
    return client.secrets().inNamespace(namespace).withName(SECRET).require();
  }

  private List<X509Certificate> published() {
    return new TrustBundle(client, namespace).published();
  }

  /** Two webhooks that match nothing. */
  private ValidatingWebhookConfiguration configuration() {
    return new ValidatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName(namespace)
        .endMetadata()
        .addNewWebhook()
        .withName("first.example.com")
        .withSideEffects("None")
        .withAdmissionReviewVersions("v1")
        .withNewClientConfig()
        .withUrl("https://127.0.0.1:1/review")
        .endClientConfig()
        .endWebhook()
        .addNewWebhook()
        .withName("second.example.com")
        .withSideEffects("None")
        .withAdmissionReviewVersions("v1")
        .withNewClientConfig()
        .withUrl("https://127.0.0.1:1/review")
        .endClientConfig()
        .endWebhook()
        .build();
  }

  private static boolean signed(X509Certificate authority, ServingPair pair) {
    try {
      pair.leaf().verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
