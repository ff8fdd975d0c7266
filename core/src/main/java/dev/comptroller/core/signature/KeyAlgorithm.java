package dev.comptroller.core.signature;

/** What a key can be. The algorithm always comes from the trusted key, never from an envelope. */
public enum KeyAlgorithm {
  /** ECDSA over NIST P-256 with SHA-256. */
  P256,
  /** Ed25519, pure. */
  Ed25519
}
