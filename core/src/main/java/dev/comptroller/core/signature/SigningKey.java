package dev.comptroller.core.signature;

import java.security.SecureRandom;

/** A private key. Its text never holds the key. */
public interface SigningKey {

  /**
   * Reads a key from PEM: PKCS#8 ({@code PRIVATE KEY}) or SEC1 ({@code EC PRIVATE KEY}),
   * unencrypted.
   */
  static SigningKey fromPem(String pem) throws UnusableKeyException {
    throw new UnusableKeyException("a key", "none is supported");
  }

  /** A new key. */
  static SigningKey generate(KeyAlgorithm algorithm, SecureRandom random) {
    throw new UnsupportedOperationException(algorithm.name());
  }

  /** The key as PKCS#8 PEM: a secret, for its owner's file alone. */
  String toPem();

  /** The signature over these bytes. */
  byte[] sign(byte[] message);

  /** The public half. */
  VerificationKey publicKey();
}
