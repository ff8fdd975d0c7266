package dev.comptroller.core.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  private static final byte[] MESSAGE = "a plan".getBytes(UTF_8);

  private final SecureRandom random = new SecureRandom();

  @ParameterizedTest
  @EnumSource
  void a_key_written_as_pem_and_read_again_is_the_same_key(KeyAlgorithm algorithm)
      throws Exception {
    SigningKey key = SigningKey.generate(algorithm, random);

    SigningKey again = SigningKey.fromPem(key.toPem());
    VerificationKey publicAgain = VerificationKey.fromPem(key.publicKey().toPem());

    assertThat(again.publicKey()).isEqualTo(key.publicKey()).isEqualTo(publicAgain);
    assertThat(publicAgain.algorithm()).isEqualTo(algorithm);
    assertThat(publicAgain.verifies(MESSAGE, again.sign(MESSAGE))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void a_signature_verifies_with_its_key_and_message_alone(KeyAlgorithm algorithm) {
    SigningKey key = SigningKey.generate(algorithm, random);
    byte[] signature = key.sign(MESSAGE);

    assertThat(key.publicKey().verifies("another plan".getBytes(UTF_8), signature)).isFalse();
    for (KeyAlgorithm other : KeyAlgorithm.values()) {
      assertThat(SigningKey.generate(other, random).publicKey().verifies(MESSAGE, signature))
          .isFalse();
    }
  }

  @Test
  void a_sec1_key_with_its_curve_parameters_is_read() throws Exception {
    BigInteger scalar = new BigInteger(250, random).add(BigInteger.ONE);
    ECPrivateKey sec1 = new ECPrivateKey(256, scalar, SECObjectIdentifiers.secp256r1);
    String pem =
        Pem.write("EC PARAMETERS", SECObjectIdentifiers.secp256r1.getEncoded())
            + Pem.write("EC PRIVATE KEY", sec1.getEncoded());

    SigningKey key = SigningKey.fromPem(pem);

    assertThat(key.publicKey()).isEqualTo(SigningKey.fromPem(key.toPem()).publicKey());
  }

  @ParameterizedTest
  @CsvSource({"secp384r1, P-384", "secp521r1, P-521"})
  void a_key_on_another_curve_is_refused_by_name(String curve, String name) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    var pair = generator.generateKeyPair();

    assertThatThrownBy(
            () -> VerificationKey.fromPem(Pem.write("PUBLIC KEY", pair.getPublic().getEncoded())))
        .hasMessage("found an ECDSA key on " + name + ", required an ECDSA P-256 or Ed25519 key");
    assertThatThrownBy(
            () -> SigningKey.fromPem(Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded())))
        .hasMessageContaining(name);
  }

  @Test
  void an_rsa_key_is_refused_by_name() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();

    assertThatThrownBy(() -> VerificationKey.fromPem(Pem.write("PUBLIC KEY", encoded)))
        .hasMessageContaining("an RSA key");
  }

  @ParameterizedTest
  @EnumSource
  void a_private_key_where_a_public_one_belongs_is_refused_and_not_repeated(
      KeyAlgorithm algorithm) {
    String pem = SigningKey.generate(algorithm, random).toPem();

    FormatException refusal =
        catchThrowableOfType(FormatException.class, () -> VerificationKey.fromPem(pem));

    assertThat(refusal).hasMessageContaining("a private key").hasMessageContaining("replace");
    assertThat(refusal.getMessage()).doesNotContain(pem.lines().toList().get(1).substring(0, 12));
    assertThat(refusal.getCause()).isNull();
  }

  @Test
  void the_text_of_a_private_key_does_not_hold_it() {
    SigningKey key = SigningKey.generate(KeyAlgorithm.P256, random);

    assertThat(key.toString()).isEqualTo("private half of P256 " + key.publicKey().digest());
  }

  @Test
  void an_encrypted_private_key_is_refused_saying_so() {
    String pem = Pem.write("ENCRYPTED PRIVATE KEY", new byte[32]);

    assertThatThrownBy(() -> SigningKey.fromPem(pem))
        .hasMessageContaining("ENCRYPTED PRIVATE KEY")
        .hasMessageContaining("unencrypted");
  }

  @Test
  void a_certificate_is_refused_by_name() {
    assertThatThrownBy(() -> VerificationKey.fromPem(Pem.write("CERTIFICATE", new byte[32])))
        .hasMessageContaining("CERTIFICATE");
  }

  @Test
  void a_compressed_point_is_refused_so_that_a_key_has_one_digest() throws Exception {
    byte[] compressed =
        CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1).getG().getEncoded(true);
    byte[] encoded =
        new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(
                    X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1),
                compressed)
            .getEncoded();

    assertThatThrownBy(() -> VerificationKey.fromPem(Pem.write("PUBLIC KEY", encoded)))
        .hasMessageContaining("unusual encoding");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
      })
  void an_ed25519_point_of_low_or_mixed_order_is_refused(String point) throws Exception {
    byte[] encoded =
        new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519),
                HexFormat.of().parseHex(point))
            .getEncoded();

    assertThatThrownBy(() -> VerificationKey.fromPem(Pem.write("PUBLIC KEY", encoded)))
        .isInstanceOf(FormatException.class);
  }

  @Test
  void a_point_that_is_not_on_the_curve_is_refused() throws Exception {
    byte[] point = new byte[65];
    point[0] = 4;
    point[64] = 1;
    byte[] encoded =
        new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(
                    X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1),
                point)
            .getEncoded();

    assertThatThrownBy(() -> VerificationKey.fromPem(Pem.write("PUBLIC KEY", encoded)))
        .hasMessageContaining("no public key");
  }

  @Test
  void anything_beside_one_key_is_refused() {
    String pem = SigningKey.generate(KeyAlgorithm.P256, random).publicKey().toPem();
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));

    for (String text :
        new String[] {
          "",
          "alice",
          pem + pem,
          pem + "alice",
          "alice" + pem,
          pem.replace("\n", ""),
          pem.replace("MFkw", "MFk!"),
          pem.substring(0, pem.length() - 8),
          Pem.write("PUBLIC KEY", Arrays.copyOf(der, der.length + 1)),
          Pem.write("PUBLIC KEY", Arrays.copyOf(der, der.length - 1)),
          pem + " ".repeat(20_000)
        }) {
      assertThatThrownBy(() -> VerificationKey.fromPem(text))
          .as(text)
          .isInstanceOf(FormatException.class);
    }
  }
}
