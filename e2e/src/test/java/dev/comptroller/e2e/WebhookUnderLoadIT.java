package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.install.LocalDeployment;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reviews are answered while webhooks come and go and what they show changes. */
@ExtendWith(OwnClusterExtension.class)
class WebhookUnderLoadIT {
  /** How long after a pod is told to end the last node learns it. */
  private static final Duration NOTICED = Duration.ofSeconds(1);

  private static final Duration CALM = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final OwnCluster cluster;
  private final Team team;
  private final KubernetesClient admin;

  WebhookUnderLoadIT(OwnCluster cluster) {
    this.cluster = cluster;
    this.team = cluster.team();
    this.admin = cluster.controlPlane().admin();
  }

  @Test
  void no_review_fails_while_each_webhook_in_turn_is_ended_and_started_again() throws Exception {
    try (Load load = load()) {
      Thread.sleep(CALM);
      for (LocalDeployment webhook : cluster.webhooks()) {
        Thread endpoints = Thread.startVirtualThread(() -> withdraw(webhook));
        webhook.close();
        endpoints.join();
        webhook.start();
        cluster.balancer().add(webhook.port("https"));
        Thread.sleep(CALM);
      }
      assertThat(load.failures()).isEmpty();
      assertThat(load.reviews()).isGreaterThan(200);
    }
  }

  @Test
  void no_review_fails_while_certificate_and_authority_are_replaced() throws Exception {
    try (Closeable _ = shortLivedCertificates()) {
      Set<X509Certificate> before = Set.copyOf(trusted());
      Set<String> served = new HashSet<>();
      try (Load load = load()) {
        await()
            .atMost(LIMIT)
            .until(
                () -> {
                  served.add(servedCertificate());
                  return trusted().stream().noneMatch(before::contains) && served.size() > 2;
                });
        Thread.sleep(CALM);
        assertThat(load.failures()).isEmpty();
        assertThat(load.reviews()).isGreaterThan(200);
      }
    }
  }

  private Load load() {
    String namespace = cluster.namespace("load");
    ObjectNode unsigned = team.manifest("training-run", "load");
    unsigned.withObject("/metadata").put("namespace", namespace);
    return Load.start(cluster.impatient(), team.alice.sign(unsigned), unsigned);
  }

  /** Has webhooks at work that replace within a minute all that they show, until this is closed. */
  private Closeable shortLivedCertificates() {
    List<LocalDeployment> shortLived = List.of(shortLived(), shortLived());
    exchange(cluster.webhooks(), shortLived);
    makeCertificatesAnew();
    return () -> {
      exchange(shortLived, cluster.webhooks());
      makeCertificatesAnew();
    };
  }

  private LocalDeployment shortLived() {
    return cluster
        .webhooks()
        .getFirst()
        .replica("--authority-lifetime=PT60S", "--serving-lifetime=PT30S", "--propagation=PT5S");
  }

  private void withdraw(LocalDeployment webhook) {
    try {
      Thread.sleep(NOTICED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cluster.balancer().remove(webhook.port("https"));
  }

  /** Starts some webhooks, then ends others. */
  private void exchange(Collection<LocalDeployment> from, Collection<LocalDeployment> to) {
    for (LocalDeployment webhook : to) {
      webhook.start();
      cluster.balancer().add(webhook.port("https"));
    }
    for (LocalDeployment webhook : from) {
      cluster.balancer().remove(webhook.port("https"));
      webhook.close();
    }
  }

  /** Not for when it matters: what is served and what is trusted differ for a moment. */
  private void makeCertificatesAnew() {
    String before = servedCertificate();
    tlsSecret().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":null}");
    Resource<?> canary =
        Team.resource(cluster.impatient(), team.manifest("training-run", "canary"));
    await()
        .atMost(LIMIT)
        .during(CALM)
        .untilAsserted(
            () -> {
              assertThat(servedCertificate()).isNotEmpty().isNotEqualTo(before);
              assertThat(Verdict.on(() -> canary.dryRun().create()).message()).contains("Unsigned");
            });
  }

  private List<X509Certificate> trusted() throws CertificateException {
    String bundle = Comptroller.webhookClient(admin).getCaBundle();
    List<X509Certificate> certificates = new ArrayList<>();
    CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(Base64.getDecoder().decode(bundle)))
        .forEach(certificate -> certificates.add((X509Certificate) certificate));
    return certificates;
  }

  /** As text; empty while there is none. */
  private String servedCertificate() {
    Map<String, String> data = tlsSecret().get().getData();
    return data == null ? "" : data.getOrDefault("tls.crt", "");
  }

  private Resource<Secret> tlsSecret() {
    return admin.secrets().inNamespace(Comptroller.NAMESPACE).withName("comptroller-webhook-tls");
  }
}
