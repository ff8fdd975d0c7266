package dev.comptroller.core.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvelopeTest {
  private static final byte[] PAYLOAD = "{\"plan\":\"a\"}".getBytes(UTF_8);

  private final SigningKey key = SigningKey.generate(KeyAlgorithm.P256, new SecureRandom());
  private final String good = Envelope.sign(PAYLOAD, key).toJson();

  @ParameterizedTest
  @EnumSource
  void an_envelope_verifies_after_it_was_written_and_read(KeyAlgorithm algorithm) throws Exception {
    SigningKey signer = SigningKey.generate(algorithm, new SecureRandom());

    Envelope read = Envelope.read(Envelope.sign(PAYLOAD, signer).toJson());

    assertThat(read.signedBy(signer.publicKey())).isTrue();
    assertThat(read.signedBy(key.publicKey())).isFalse();
    assertThat(read.payload()).isEqualTo(PAYLOAD);
    assertThat(read.keyId()).contains(signer.publicKey().keyId());
  }

  @Test
  void what_is_signed_is_the_pre_authentication_encoding_and_not_the_payload() throws Exception {
    byte[] encoding = "DSSEv1 28 application/vnd.in-toto+json 12 {\"plan\":\"a\"}".getBytes(UTF_8);
    byte[] signature =
        Base64.getDecoder()
            .decode(new ObjectMapper().readTree(good).at("/signatures/0/sig").asText());

    assertThat(key.publicKey().verifies(encoding, signature)).isTrue();
    assertThat(key.publicKey().verifies(PAYLOAD, signature)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void no_character_of_an_envelope_but_the_hint_can_change(KeyAlgorithm algorithm) {
    SigningKey signer = SigningKey.generate(algorithm, new SecureRandom());
    String envelope = Envelope.sign(PAYLOAD, signer).toJson();
    int hint = envelope.indexOf(signer.publicKey().keyId());
    int afterHint = hint + signer.publicKey().keyId().length();

    for (int i = 0; i < envelope.length(); i++) {
      for (char replacement : new char[] {'A', 'b', '"', '}', ' ', '\\', '\u0000', '\u00e9'}) {
        boolean inHint = i >= hint && i < afterHint;
        if (replacement != envelope.charAt(i) && !inHint) {
          String mutated = envelope.substring(0, i) + replacement + envelope.substring(i + 1);
          assertThat(verifies(mutated, signer)).as(mutated).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void no_bit_of_payload_or_signature_can_change(KeyAlgorithm algorithm) throws Exception {
    SigningKey signer = SigningKey.generate(algorithm, new SecureRandom());
    ObjectNode envelope =
        (ObjectNode) new ObjectMapper().readTree(Envelope.sign(PAYLOAD, signer).toJson());
    ObjectNode entry = (ObjectNode) envelope.at("/signatures/0");
    byte[] signature = entry.path("sig").binaryValue();

    for (int bit = 0; bit < signature.length * 8; bit++) {
      entry.put("sig", flipped(signature, bit));
      assertThat(verifies(envelope.toString(), signer)).as("bit " + bit).isFalse();
    }
    entry.put("sig", Arrays.copyOf(signature, signature.length + 1));
    assertThat(verifies(envelope.toString(), signer)).isFalse();
    entry.put("sig", signature);
    assertThat(verifies(envelope.toString(), signer)).isTrue();
    for (int bit = 0; bit < PAYLOAD.length * 8; bit++) {
      envelope.put("payload", flipped(PAYLOAD, bit));
      assertThat(verifies(envelope.toString(), signer)).as("bit " + bit).isFalse();
    }
  }

  @Test
  void a_hint_decides_nothing() throws Exception {
    String swapped =
        good.replace(
            key.publicKey().keyId(),
            SigningKey.generate(KeyAlgorithm.P256, new SecureRandom()).publicKey().keyId());

    assertThat(Envelope.read(swapped).signedBy(key.publicKey())).isTrue();
    assertThat(Envelope.read(changed(json -> entry(json).remove("keyid"))).keyId()).isEmpty();
    assertThat(Envelope.read(changed(json -> entry(json).put("keyid", ""))).keyId()).isEmpty();
  }

  @Test
  void any_other_payload_type_is_refused_before_anything_is_verified() {
    assertRefused(json -> json.put("payloadType", "application/json"), "payloadType");
    assertRefused(json -> json.put("payloadType", "Application/vnd.in-toto+json"), "payloadType");
    assertRefused(json -> json.remove("payloadType"), "payloadType");
  }

  @Test
  void no_signature_and_a_second_one_are_refused() {
    assertRefused(json -> json.putArray("signatures"), "0 elements");
    assertRefused(json -> json.withArray("signatures").add(entry(json).deepCopy()), "2 elements");
    assertRefused(json -> json.put("signatures", "none"), "signatures");
  }

  @Test
  void unknown_members_are_refused() {
    assertRefused(json -> json.put("extra", true), "/extra");
    assertRefused(json -> entry(json).put("cert", "x"), "/signatures/0/cert");
  }

  @Test
  void base64_has_one_spelling() {
    String payload = Base64.getEncoder().encodeToString(PAYLOAD);
    for (String other :
        new String[] {
          payload + "=",
          " " + payload,
          payload.substring(0, 4) + "\n" + payload.substring(4),
          Base64.getUrlEncoder().encodeToString(new byte[] {-1, -1, -2}),
          "QQ",
          "QR==",
          "",
        }) {
      assertRefused(json -> json.put("payload", other), "base64");
    }
  }

  private static boolean verifies(String envelope, SigningKey signer) {
    try {
      return Envelope.read(envelope).signedBy(signer.publicKey());
    } catch (FormatException e) {
      return false;
    }
  }

  private void assertRefused(Consumer<ObjectNode> change, String reason) {
    assertThatThrownBy(() -> Envelope.read(changed(change)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(reason);
  }

  private String changed(Consumer<ObjectNode> change) throws Exception {
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(good);
    change.accept(json);
    return json.toString();
  }

  private static ObjectNode entry(ObjectNode envelope) {
    return (ObjectNode) envelope.at("/signatures/0");
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] copy = bytes.clone();
    copy[bit / 8] ^= (byte) (1 << (bit % 8));
    return copy;
  }
}
