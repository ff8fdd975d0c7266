package dev.comptroller.webhook.tls;

import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/** An authority for tests of servers and clients on this machine. */
public final class TestAuthority {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");
  private final Authority authority = Authority.create(Instant.now(), Duration.ofDays(1));

  /** A pair that servers on the loopback interface can show. */
  public ServingPair pair() {
    return pair(Instant.now(), Duration.ofHours(1));
  }

  /** A pair for these names. */
  public ServingPair pair(Set<String> names) {
    return authority.issue(names, Instant.now(), Duration.ofHours(1));
  }

  /** A pair with this validity. */
  public ServingPair pair(Instant from, Duration validity) {
    return authority.issue(LOOPBACK, from, validity);
  }

  /** A pair that clients can show; its common name is {@code comptroller webhook}. */
  public ServingPair clientPair() {
    return authority.issue(
        KeyPurposeId.id_kp_clientAuth, LOOPBACK, Instant.now(), Duration.ofHours(1));
  }

  /** A pair whose certificate belongs to another key. */
  public ServingPair mismatched() {
    return new ServingPair(pair().chain(), pair().key());
  }

  /** The authority's certificate. */
  public String pem() {
    return Pem.of(List.of(authority.certificate()));
  }

  /** What a client uses that trusts this authority alone. */
  public SSLContext trusting() throws Exception {
    return context(null);
  }

  /** What a client uses that trusts this authority alone and shows this pair. */
  public SSLContext showing(ServingPair pair) throws Exception {
    KeyStore keys = empty();
    keys.setKeyEntry("client", pair.key(), new char[0], pair.chain().toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, new char[0]);
    return context(factory);
  }

  private SSLContext context(@Nullable KeyManagerFactory keys) throws Exception {
    KeyStore trusted = empty();
    trusted.setCertificateEntry("authority", authority.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore empty() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    return store;
  }
}
