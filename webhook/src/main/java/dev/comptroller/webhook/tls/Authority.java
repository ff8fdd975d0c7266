package dev.comptroller.webhook.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of our own: its certificate is what the API server is told to trust.
 *
 * <p>Its text names the certificate and nothing of the key.
 */
record Authority(X509Certificate certificate, PrivateKey key) {
  /** Clocks of API servers may lag behind ours by this much. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new authority, valid from now for this long. */
  static Authority create(Instant now, Duration validity) {
    KeyPair pair = newKey();
    X500Principal name =
        new X500Principal("CN=comptroller webhook CA " + Long.toHexString(now.toEpochMilli()));
    try {
      X509Certificate certificate =
          sign(
              builder(name, name, pair.getPublic(), pair.getPublic(), now, now.plus(validity))
                  .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                  .addExtension(
                      Extension.keyUsage,
                      true,
                      new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)),
              pair.getPrivate());
      return new Authority(certificate, pair.getPrivate());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("an authority cannot be made", e);
    }
  }

  /**
   * A serving certificate for these DNS names and addresses, no longer valid than its authority.
   */
  ServingPair issue(Collection<String> names, Instant now, Duration validity) {
    return issue(KeyPurposeId.id_kp_serverAuth, names, now, validity);
  }

  /** A certificate for another purpose. */
  ServingPair issue(
      KeyPurposeId purpose, Collection<String> names, Instant now, Duration validity) {
    KeyPair pair = newKey();
    Instant end = now.plus(validity);
    Instant authorityEnd = certificate.getNotAfter().toInstant();
    GeneralName[] alternatives =
        names.stream()
            .sorted()
            .map(
                name ->
                    new GeneralName(
                        isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
            .toArray(GeneralName[]::new);
    try {
      X509Certificate leaf =
          sign(
              builder(
                      certificate.getSubjectX500Principal(),
                      new X500Principal("CN=comptroller webhook"),
                      pair.getPublic(),
                      certificate.getPublicKey(),
                      now,
                      end.isBefore(authorityEnd) ? end : authorityEnd)
                  .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                  .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                  .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                  .addExtension(
                      Extension.subjectAlternativeName, false, new GeneralNames(alternatives)),
              key);
      return new ServingPair(List.of(leaf), pair.getPrivate());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate cannot be made", e);
    }
  }

  /** When a certificate of ours was made, whose validity begins earlier for clocks that lag. */
  static Instant created(X509Certificate certificate) {
    return certificate.getNotBefore().toInstant().plus(CLOCK_SKEW);
  }

  /** Whether this authority signed that leaf. */
  boolean issued(X509Certificate leaf) {
    try {
      leaf.verify(certificate.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Principal issuer,
      X500Principal subject,
      PublicKey subjectKey,
      PublicKey issuerKey,
      Instant now,
      Instant end)
      throws IOException, GeneralSecurityException {
    JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(127, RANDOM),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(end),
            subject,
            subjectKey);
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(subjectKey));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        extensions.createAuthorityKeyIdentifier(issuerKey));
    return builder;
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws OperatorCreationException, GeneralSecurityException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes P-256 keys", e);
    }
  }

  private static boolean isAddress(String name) {
    return name.matches("[0-9.]+") || name.contains(":");
  }

  @Override
  public String toString() {
    return certificate.getSubjectX500Principal()
        + " until "
        + certificate.getNotAfter().toInstant();
  }
}
