package dev.comptroller.webhook.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.X509KeyManager;

/**
 * A certificate chain, leaf first, and the key of the leaf.
 *
 * <p>Its text says when it ends and nothing of the key.
 */
public record ServingPair(List<X509Certificate> chain, PrivateKey key) {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  public ServingPair {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a pair has at least one certificate");
    }
  }

  /**
   * Reads a pair.
   *
   * @throws UnusableCertificateException if either text is not what it should be
   */
  public static ServingPair read(String certificatePem, String keyPem)
      throws UnusableCertificateException {
    return new ServingPair(Pem.certificates(certificatePem), Pem.key(keyPem));
  }

  /** The chain as PEM. */
  public String certificatePem() {
    return Pem.of(chain);
  }

  /** The key as PKCS#8 PEM. */
  public String keyPem() {
    return Pem.of(key);
  }

  /** What shows this pair to clients. */
  public X509KeyManager keyManager() {
    return new ServingIdentity(this);
  }

  /** End of the leaf's validity. */
  public Instant notAfter() {
    return leaf().getNotAfter().toInstant();
  }

  X509Certificate leaf() {
    return chain.getFirst();
  }

  /**
   * Checks that a client would accept this pair: the key signs what the certificate verifies, the
   * dates hold now, and all names are covered. A pair whose halves do not match would be loaded
   * without complaint and fail every handshake.
   *
   * @throws UnusableCertificateException if not
   */
  public void check(Instant now, Collection<String> names) throws UnusableCertificateException {
    for (X509Certificate certificate : chain) {
      if (now.isBefore(certificate.getNotBefore().toInstant())
          || now.isAfter(certificate.getNotAfter().toInstant())) {
        throw new UnusableCertificateException(
            "certificate of %s: found valid from %s to %s, required valid at %s"
                .formatted(
                    certificate.getSubjectX500Principal(),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    now));
      }
    }
    if (!keyMatches()) {
      throw new UnusableCertificateException("the private key is not that of the certificate");
    }
    Set<String> missing = new TreeSet<>(names);
    missing.removeAll(names());
    if (!missing.isEmpty()) {
      throw new UnusableCertificateException(
          "names of the certificate: found " + new TreeSet<>(names()) + ", missing " + missing);
    }
  }

  /** DNS names and addresses that the leaf stands for. */
  Set<String> names() throws UnusableCertificateException {
    Set<String> names = new HashSet<>();
    try {
      Collection<List<?>> alternatives = leaf().getSubjectAlternativeNames();
      if (alternatives == null) {
        return names;
      }
      for (List<?> name : alternatives) {
        if (name.get(0) instanceof Integer type && (type == DNS_NAME || type == IP_ADDRESS)) {
          names.add(String.valueOf(name.get(1)));
        }
      }
    } catch (CertificateParsingException e) {
      throw new UnusableCertificateException("the names of the certificate cannot be read", e);
    }
    return names;
  }

  private boolean keyMatches() {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    byte[] nonce = new byte[32];
    new SecureRandom().nextBytes(nonce);
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(nonce);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(leaf().getPublicKey());
      verifier.update(nonce);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServingPair pair && chain.equals(pair.chain) && key.equals(pair.key);
  }

  @Override
  public int hashCode() {
    return Objects.hash(chain);
  }

  @Override
  public String toString() {
    return leaf().getSubjectX500Principal() + " until " + notAfter();
  }
}
