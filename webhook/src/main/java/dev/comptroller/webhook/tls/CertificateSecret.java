package dev.comptroller.webhook.tls;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Secret that all replicas share their certificates through. Whoever writes first wins, and the
 * others read: a write says which version it replaces.
 */
final class CertificateSecret {
  private static final int CONFLICT = 409;
  private static final String AUTHORITY = "ca";
  private static final String SUCCESSOR = "next-ca";
  private static final String RETIRED = "retired-ca.crt";
  private static final String SERVING = "tls";

  private final KubernetesClient client;
  private final String namespace;
  private final String name;

  CertificateSecret(KubernetesClient client, String namespace, String name) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
  }

  /** What the Secret holds, and the version of it. */
  record Stored(Optional<String> version, Optional<IssuedCertificates> certificates) {}

  /**
   * Reads the Secret; one without data counts as one that does not exist yet.
   *
   * @throws UnusableCertificateException if it holds something else
   */
  Stored read() throws UnusableCertificateException {
    Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
    if (secret == null) {
      return new Stored(Optional.empty(), Optional.empty());
    }
    Optional<String> version = Optional.of(secret.getMetadata().getResourceVersion());
    Map<String, String> data = secret.getData();
    if (data == null || data.isEmpty()) {
      return new Stored(version, Optional.empty());
    }
    try {
      return new Stored(version, Optional.of(certificates(data)));
    } catch (UnusableCertificateException e) {
      throw new UnusableCertificateException(
          "Secret %s/%s: %s; delete it and new certificates are made"
              .formatted(namespace, name, e.getMessage()),
          e);
    }
  }

  /** Writes over this version; false if another replica was faster. */
  boolean write(Optional<String> version, IssuedCertificates certificates) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .withResourceVersion(version.orElse(null))
            .endMetadata()
            .withType("Opaque")
            .withData(data(certificates))
            .build();
    try {
      if (version.isPresent()) {
        client.resource(secret).update();
      } else {
        client.resource(secret).create();
      }
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  private static IssuedCertificates certificates(Map<String, String> data)
      throws UnusableCertificateException {
    Optional<Authority> successor =
        data.containsKey(SUCCESSOR + ".crt")
            ? Optional.of(authority(data, SUCCESSOR))
            : Optional.empty();
    String retired = text(data, RETIRED);
    return new IssuedCertificates(
        authority(data, AUTHORITY),
        successor,
        retired.isEmpty() ? List.of() : Pem.certificates(retired),
        ServingPair.read(text(data, SERVING + ".crt"), text(data, SERVING + ".key")));
  }

  private static Authority authority(Map<String, String> data, String name)
      throws UnusableCertificateException {
    return new Authority(
        Pem.certificates(text(data, name + ".crt")).getFirst(), Pem.key(text(data, name + ".key")));
  }

  private static Map<String, String> data(IssuedCertificates certificates) {
    Map<String, String> data = new HashMap<>();
    put(data, AUTHORITY, certificates.authority());
    certificates.successor().ifPresent(successor -> put(data, SUCCESSOR, successor));
    if (!certificates.retired().isEmpty()) {
      data.put(RETIRED, base64(Pem.of(certificates.retired())));
    }
    data.put(SERVING + ".crt", base64(certificates.serving().certificatePem()));
    data.put(SERVING + ".key", base64(certificates.serving().keyPem()));
    return data;
  }

  private static void put(Map<String, String> data, String name, Authority authority) {
    data.put(name + ".crt", base64(Pem.of(List.of(authority.certificate()))));
    data.put(name + ".key", base64(Pem.of(authority.key())));
  }

  private static String text(Map<String, String> data, String key)
      throws UnusableCertificateException {
    @Nullable String value = data.get(key);
    try {
      return value == null
          ? ""
          : new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new UnusableCertificateException(key + " is not base64", e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
