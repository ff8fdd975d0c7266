package dev.comptroller.webhook.tls;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A certificate made here, shared by all replicas through a Secret, and trusted by the API server
 * through the {@code caBundle} of the webhook's own configuration.
 */
public final class SelfIssuedCertificate implements CertificateSource {
  private final CertificateSecret secret;
  private final Optional<TrustBundle> bundle;
  private final Set<String> names;
  private final Lifetimes lifetimes;
  private volatile boolean published;

  /**
   * @param secretName in this namespace
   * @param configuration the ValidatingWebhookConfiguration that is to trust the certificate; empty
   *     if somebody else sees to that
   * @param names DNS names and addresses that the API server calls
   */
  public SelfIssuedCertificate(
      KubernetesClient client,
      String namespace,
      String secretName,
      Optional<String> configuration,
      Set<String> names,
      Lifetimes lifetimes) {
    this.secret = new CertificateSecret(client, namespace, secretName);
    this.bundle = configuration.map(name -> new TrustBundle(client, name));
    this.names = Set.copyOf(names);
    this.lifetimes = lifetimes;
  }

  @Override
  public ServingPair current(Instant now) throws UnusableCertificateException {
    IssuedCertificates certificates = agreed(now);
    published = bundle.map(trust -> trust.publish(certificates.trusted())).orElse(true);
    return certificates.serving();
  }

  @Override
  public boolean published() {
    return published;
  }

  /** What the Secret says once nothing is due any more, or once another replica wrote first. */
  private IssuedCertificates agreed(Instant now) throws UnusableCertificateException {
    CertificateSecret.Stored stored = secret.read();
    IssuedCertificates next = next(stored, now);
    if (stored.certificates().filter(next::equals).isPresent()
        || secret.write(stored.version(), next)) {
      return next;
    }
    return secret
        .read()
        .certificates()
        .orElseThrow(
            () -> new UnusableCertificateException("the Secret of the certificate keeps changing"));
  }

  private IssuedCertificates next(CertificateSecret.Stored stored, Instant now)
      throws UnusableCertificateException {
    if (stored.certificates().isEmpty()) {
      return IssuedCertificates.first(names, now, lifetimes);
    }
    List<X509Certificate> trusted = bundle.map(TrustBundle::published).orElse(List.of());
    return stored.certificates().get().advanced(names, now, lifetimes, trusted);
  }
}
