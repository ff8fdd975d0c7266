package dev.comptroller.core.signature;

import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTNamedCurves;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** What a key can be. The algorithm always comes from the trusted key, never from an envelope. */
public enum KeyAlgorithm {
  /** ECDSA over NIST P-256 with SHA-256, signatures in strict DER. */
  P256,
  /** Ed25519 as in RFC 8032, not prehashed. */
  Ed25519;

  /** The kinds of key that are accepted, for messages. */
  static final String SUPPORTED = "an ECDSA P-256 or Ed25519 key";

  /** The algorithm that an encoded key names; every other one is refused by name. */
  static KeyAlgorithm of(AlgorithmIdentifier identifier) throws FormatException {
    ASN1ObjectIdentifier algorithm = identifier.getAlgorithm();
    ASN1Encodable parameters = identifier.getParameters();
    if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519) && parameters == null) {
      return Ed25519;
    }
    if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      if (SECObjectIdentifiers.secp256r1.equals(parameters)) {
        return P256;
      }
      throw new FormatException("an ECDSA key on " + curve(parameters), SUPPORTED);
    }
    throw new FormatException(
        algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
            ? "an RSA key"
            : "a key of algorithm " + algorithm.getId(),
        SUPPORTED);
  }

  private static String curve(ASN1Encodable parameters) {
    if (parameters instanceof ASN1ObjectIdentifier oid) {
      String name = NISTNamedCurves.getName(oid);
      return name == null ? "curve " + oid.getId() : name;
    }
    return "a curve without a name";
  }

  /** Makes and checks signatures; not safe for concurrent use. Nonces follow RFC 6979. */
  Signer newSigner() {
    return switch (this) {
      case P256 ->
          new DSADigestSigner(
              new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest())),
              new SHA256Digest(),
              StandardDSAEncoding.INSTANCE);
      case Ed25519 -> new Ed25519Signer();
    };
  }

  /** A new pair of keys. */
  AsymmetricCipherKeyPair newKeyPair(SecureRandom random) {
    return switch (this) {
      case P256 -> {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(
            new ECKeyGenerationParameters(
                ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1), random));
        yield generator.generateKeyPair();
      }
      case Ed25519 -> {
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(random));
        yield generator.generateKeyPair();
      }
    };
  }
}
