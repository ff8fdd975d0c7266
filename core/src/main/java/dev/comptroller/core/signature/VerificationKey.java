package dev.comptroller.core.signature;

import dev.comptroller.core.object.Digest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A public key. Equal keys have equal digests: a key has one accepted encoding. */
public final class VerificationKey {
  private static final String LABEL = "PUBLIC KEY";

  private final KeyAlgorithm algorithm;
  private final AsymmetricKeyParameter parameters;
  private final byte[] encoded;
  private final Digest digest;

  private VerificationKey(
      KeyAlgorithm algorithm, AsymmetricKeyParameter parameters, byte[] encoded) {
    this.algorithm = algorithm;
    this.parameters = parameters;
    this.encoded = encoded;
    this.digest = Digest.of(encoded);
  }

  /** Reads a key from PEM ({@code PUBLIC KEY}, SubjectPublicKeyInfo). */
  public static VerificationKey fromPem(String pem) throws FormatException {
    if (Pem.labels(pem).stream().anyMatch(label -> label.contains("PRIVATE KEY"))) {
      throw new FormatException(
          "a private key, which is now known to whoever can read this",
          "its public half (PEM " + LABEL + "); replace the private key by a new one");
    }
    List<Pem> blocks = Pem.read(pem);
    if (blocks.size() != 1 || !blocks.getFirst().label().equals(LABEL)) {
      throw new FormatException(
          "PEM with " + String.join(", ", Pem.labels(pem)), "one PEM block " + LABEL);
    }
    return fromDer(blocks.getFirst().der());
  }

  private static VerificationKey fromDer(byte[] der) throws FormatException {
    try {
      SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(der);
      KeyAlgorithm algorithm = KeyAlgorithm.of(info.getAlgorithm());
      VerificationKey key = of(algorithm, PublicKeyFactory.createKey(info));
      if (!Arrays.equals(key.encoded, der)) {
        throw new FormatException("an unusual encoding of a key", "DER with an uncompressed point");
      }
      return key;
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      // Bouncy Castle's own message may quote the input.
      throw new FormatException("bytes that are no public key", KeyAlgorithm.SUPPORTED);
    }
  }

  /** The key with these parameters, which must be on the algorithm's curve. */
  static VerificationKey of(KeyAlgorithm algorithm, AsymmetricKeyParameter parameters)
      throws FormatException {
    // Of points outside the prime-order group, eight can stand for one private key.
    if (parameters instanceof Ed25519PublicKeyParameters point
        && !Ed25519.validatePublicKeyFull(point.getEncoded(), 0)) {
      throw new FormatException(
          "an Ed25519 point outside the prime-order group", KeyAlgorithm.SUPPORTED);
    }
    try {
      return new VerificationKey(
          algorithm,
          parameters,
          SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(parameters).getEncoded("DER"));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory does not fail", e);
    }
  }

  /** What the key verifies. */
  public KeyAlgorithm algorithm() {
    return algorithm;
  }

  /** SHA-256 over the DER SubjectPublicKeyInfo: what {@code revoked} in a policy names. */
  public Digest digest() {
    return digest;
  }

  /** The digest as envelopes carry it, in base64: a hint which key to try first. */
  public String keyId() {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.hex()));
  }

  /** The key as SubjectPublicKeyInfo PEM. */
  public String toPem() {
    return Pem.write(LABEL, encoded);
  }

  /** Whether the signature is this key's over exactly these bytes. Never throws. */
  public boolean verifies(byte[] message, byte[] signature) {
    Signer verifier = algorithm.newSigner();
    verifier.init(false, parameters);
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerificationKey key && key.digest.equals(digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return algorithm + " " + digest;
  }
}
