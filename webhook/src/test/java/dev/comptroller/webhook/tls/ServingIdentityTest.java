package dev.comptroller.webhook.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServingIdentityTest {

  @ParameterizedTest
  @CsvSource({
    "EC, SHA256withECDSA, TLSv1.3",
    "EC, SHA256withECDSA, TLSv1.2",
    "RSA, SHA256withRSA, TLSv1.3",
    "RSA, SHA256withRSA, TLSv1.2",
    "Ed25519, Ed25519, TLSv1.3"
  })
  void clients_are_shown_the_pair_whatever_its_key(
      String algorithm, String signature, String protocol) throws Exception {
    ServingPair pair = selfSigned(algorithm, signature);
    SSLContext server = SSLContext.getInstance("TLS");
    server.init(new KeyManager[] {pair.keyManager()}, null, null);

    assertThat(shown(server, trusting(pair.leaf()), protocol)).isEqualTo(pair.leaf());
  }

  private static X509Certificate shown(SSLContext server, SSLContext client, String protocol)
      throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (SSLServerSocket listening =
            (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0, 1, loopback);
        SSLSocket asking =
            (SSLSocket)
                client.getSocketFactory().createSocket(loopback, listening.getLocalPort())) {
      CompletableFuture<Void> answering =
          CompletableFuture.runAsync(
              () -> {
                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                  accepted.startHandshake();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      asking.setEnabledProtocols(new String[] {protocol});
      asking.startHandshake();
      answering.get(10, TimeUnit.SECONDS);
      return (X509Certificate) asking.getSession().getPeerCertificates()[0];
    }
  }

  private static SSLContext trusting(X509Certificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, new char[0]);
    trusted.setCertificateEntry("server", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static ServingPair selfSigned(String algorithm, String signature) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    X500Principal name = new X500Principal("CN=" + algorithm);
    Instant now = Instant.now();
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now.minus(Duration.ofMinutes(1))),
                        Date.from(now.plus(Duration.ofHours(1))),
                        name,
                        pair.getPublic())
                    .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate())));
    return new ServingPair(List.of(certificate), pair.getPrivate());
  }
}
