package dev.comptroller.core.signature;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * A DSSE envelope with one signature over an in-toto statement. Reading one proves nothing yet.
 *
 * <p>The signature's bytes identify nothing: one statement has many valid signatures by one key.
 */
final class Envelope {
  static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  private final byte[] payload;
  private final byte[] signature;
  private final Optional<String> keyId;

  private Envelope(byte[] payload, byte[] signature, Optional<String> keyId) {
    this.payload = payload;
    this.signature = signature;
    this.keyId = keyId;
  }

  /** Reads an envelope in the one accepted form. */
  static Envelope read(String text) throws FormatException {
    StrictMembers envelope =
        new StrictMembers("", SignedJson.read(text))
            .only(Set.of("payload", "payloadType", "signatures"));
    String type = envelope.text("payloadType");
    if (!type.equals(PAYLOAD_TYPE)) {
      throw new FormatException("payloadType " + type, PAYLOAD_TYPE);
    }
    StrictMembers signature = envelope.single("signatures").only(Set.of("sig", "keyid"));
    return new Envelope(
        base64(envelope, "payload"),
        base64(signature, "sig"),
        signature.optionalText("keyid").filter(keyId -> !keyId.isEmpty()));
  }

  /** Wraps a payload, signed. */
  static Envelope sign(byte[] payload, SigningKey key) {
    return new Envelope(
        payload,
        key.sign(preAuthenticationEncoding(payload)),
        Optional.of(key.publicKey().keyId()));
  }

  /** The bytes that were signed about. */
  byte[] payload() {
    return payload.clone();
  }

  /** Which key to try first; says nothing about who signed. */
  Optional<String> keyId() {
    return keyId;
  }

  /** Whether this key made the signature. */
  boolean signedBy(VerificationKey key) {
    return key.verifies(preAuthenticationEncoding(payload), signature);
  }

  /** The envelope on one line. */
  String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("payload", Base64.getEncoder().encodeToString(payload));
    json.put("payloadType", PAYLOAD_TYPE);
    ObjectNode entry = json.putArray("signatures").addObject();
    keyId.ifPresent(hint -> entry.put("keyid", hint));
    entry.put("sig", Base64.getEncoder().encodeToString(signature));
    return json.toString();
  }

  private static byte[] preAuthenticationEncoding(byte[] body) {
    byte[] head =
        ("DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + body.length + " ")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] encoding = new byte[head.length + body.length];
    System.arraycopy(head, 0, encoding, 0, head.length);
    System.arraycopy(body, 0, encoding, head.length, body.length);
    return encoding;
  }

  private static byte[] base64(StrictMembers members, String name) throws FormatException {
    String text = members.text(name);
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      // The decoder forgives missing padding and stray last bits; one value has one spelling here.
      if (bytes.length > 0 && Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new FormatException(
        "a " + name + " that is no standard base64", "padded base64 without white space");
  }
}
