package dev.comptroller.core.signature;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** A private key. Neither its text nor any error holds it; {@link #toPem()} does. */
public final class SigningKey {
  private static final String PKCS8 = "PRIVATE KEY";
  private static final String SEC1 = "EC PRIVATE KEY";
  private static final String READABLE =
      "one unencrypted PEM block " + PKCS8 + " (PKCS#8) or " + SEC1 + " (SEC1)";

  private final AsymmetricKeyParameter parameters;
  private final VerificationKey publicKey;

  private SigningKey(KeyAlgorithm algorithm, AsymmetricKeyParameter parameters)
      throws FormatException {
    this.parameters = parameters;
    this.publicKey = VerificationKey.of(algorithm, publicHalf(parameters));
  }

  /**
   * Reads a key from PEM: PKCS#8 ({@code PRIVATE KEY}) or SEC1 ({@code EC PRIVATE KEY}),
   * unencrypted.
   */
  public static SigningKey fromPem(String pem) throws FormatException {
    List<String> labels =
        Pem.labels(pem).stream().filter(label -> !label.equals("EC PARAMETERS")).toList();
    if (labels.size() != 1 || !(labels.contains(PKCS8) || labels.contains(SEC1))) {
      throw new FormatException(
          labels.isEmpty() ? "a text without PEM" : "PEM with " + String.join(", ", labels),
          READABLE);
    }
    Pem block = Pem.read(pem).getLast();
    try {
      PrivateKeyInfo info =
          block.label().equals(SEC1)
              ? fromSec1(block.der())
              : PrivateKeyInfo.getInstance(block.der());
      return new SigningKey(
          KeyAlgorithm.of(info.getPrivateKeyAlgorithm()), PrivateKeyFactory.createKey(info));
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      // Bouncy Castle's own message may quote the input.
      throw new FormatException("bytes that are no private key", READABLE);
    }
  }

  private static PrivateKeyInfo fromSec1(byte[] der) throws IOException {
    ECPrivateKey key = ECPrivateKey.getInstance(der);
    return new PrivateKeyInfo(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
        key);
  }

  /** A new key. */
  public static SigningKey generate(KeyAlgorithm algorithm, SecureRandom random) {
    try {
      return new SigningKey(algorithm, algorithm.newKeyPair(random).getPrivate());
    } catch (FormatException e) {
      throw new IllegalStateException("a generated key is usable", e);
    }
  }

  /** The key as PKCS#8 PEM: a secret, for its owner's file alone. */
  public String toPem() {
    try {
      PrivateKeyInfo info =
          parameters instanceof Ed25519PrivateKeyParameters seed
              // Version 1, without the public half: older OpenSSL reads no version 2.
              ? new PrivateKeyInfo(
                  new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519),
                  new DEROctetString(seed.getEncoded()))
              : PrivateKeyInfoFactory.createPrivateKeyInfo(parameters);
      return Pem.write(PKCS8, info.getEncoded("DER"));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory does not fail", e);
    }
  }

  /** The public half. */
  public VerificationKey publicKey() {
    return publicKey;
  }

  /** The signature over these bytes; the same bytes always get the same signature. */
  public byte[] sign(byte[] message) {
    Signer signer = publicKey.algorithm().newSigner();
    signer.init(true, parameters);
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("signing with a usable key does not fail", e);
    }
  }

  @Override
  public String toString() {
    return "private half of " + publicKey;
  }

  private static AsymmetricKeyParameter publicHalf(AsymmetricKeyParameter parameters)
      throws FormatException {
    return switch (parameters) {
      case Ed25519PrivateKeyParameters seed -> seed.generatePublicKey();
      case ECPrivateKeyParameters scalar ->
          new ECPublicKeyParameters(
              new FixedPointCombMultiplier().multiply(scalar.getParameters().getG(), scalar.getD()),
              scalar.getParameters());
      default -> throw new FormatException("a private key of another kind", READABLE);
    };
  }
}
