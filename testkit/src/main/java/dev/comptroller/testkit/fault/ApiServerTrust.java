package dev.comptroller.testkit.fault;

import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS that trusts the authority of an API server and shows no certificate of its own. */
final class ApiServerTrust {
  private ApiServerTrust() {}

  static SSLContext of(Config config) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(authority(config)))) {
        store.setCertificateEntry("authority-" + store.size(), certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The authority of the API server cannot be trusted", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The authority of the API server cannot be read", e);
    }
  }

  private static byte[] authority(Config config) throws IOException {
    return config.getCaCertData() == null
        ? Files.readAllBytes(Path.of(config.getCaCertFile()))
        : Base64.getMimeDecoder().decode(config.getCaCertData());
  }
}
