package dev.comptroller.webhook.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/** Certificates and keys as PEM. */
final class Pem {
  private Pem() {}

  /** All certificates, in their order; anything else in the text is refused. */
  static List<X509Certificate> certificates(String pem) throws UnusableCertificateException {
    List<X509Certificate> certificates = new ArrayList<>();
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        if (!(next instanceof X509CertificateHolder holder)) {
          throw new UnusableCertificateException("found something other than a certificate");
        }
        certificates.add(converter.getCertificate(holder));
      }
    } catch (IOException | CertificateException e) {
      throw new UnusableCertificateException("the certificate cannot be read", e);
    }
    if (certificates.isEmpty()) {
      throw new UnusableCertificateException("found no certificate");
    }
    return List.copyOf(certificates);
  }

  /** The first private key, in PKCS#8, PKCS#1 or SEC1. */
  static PrivateKey key(String pem) throws UnusableCertificateException {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        @Nullable PrivateKeyInfo info =
            switch (next) {
              case PrivateKeyInfo key -> key;
              case PEMKeyPair pair -> pair.getPrivateKeyInfo();
              default -> null;
            };
        if (info != null) {
          return new JcaPEMKeyConverter().getPrivateKey(info);
        }
      }
    } catch (IOException e) {
      throw new UnusableCertificateException("the private key cannot be read");
    }
    throw new UnusableCertificateException("found no private key");
  }

  /** These certificates, one after the other. */
  static String of(List<X509Certificate> certificates) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (X509Certificate certificate : certificates) {
        writer.writeObject(certificate);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return text.toString();
  }

  /** This key as PKCS#8. */
  static String of(PrivateKey key) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(new PemObject("PRIVATE KEY", key.getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return text.toString();
  }
}
