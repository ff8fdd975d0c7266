package dev.comptroller.core.signature;

import dev.comptroller.core.object.Digest;

/** A public key. */
public interface VerificationKey {

  /** Reads a key from PEM ({@code PUBLIC KEY}, SubjectPublicKeyInfo). */
  static VerificationKey fromPem(String pem) throws UnusableKeyException {
    throw new UnusableKeyException("a key", "none is supported");
  }

  /** What the key can verify. */
  KeyAlgorithm algorithm();

  /** SHA-256 over the DER SubjectPublicKeyInfo: what {@code revoked} names. */
  Digest digest();

  /** The key as SubjectPublicKeyInfo PEM. */
  String toPem();

  /** Whether the signature is this key's over exactly these bytes. Never throws. */
  boolean verifies(byte[] message, byte[] signature);
}
