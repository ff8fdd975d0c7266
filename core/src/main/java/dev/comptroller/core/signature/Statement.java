package dev.comptroller.core.signature;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What a signature says: an in-toto v1 statement about exactly one object.
 *
 * @param subject the object's {@link #nameOf name}
 * @param digest digest of the object's normal form
 * @param normalForm version of the rules the normal form was made by
 * @param terms when and where the statement holds
 */
record Statement(String subject, Digest digest, String normalForm, StatementTerms terms) {
  private static final String TYPE = "https://in-toto.io/Statement/v1";

  /** Names the meaning of the predicate; nothing is fetched from there. */
  private static final String PREDICATE_TYPE = "https://comptroller.dev/statement/v1";

  private static final String CORE_GROUP = "core";

  /** The statement about an object as it is now. */
  static Statement about(KubernetesObject object, NormalForm form, StatementTerms terms) {
    return new Statement(nameOf(object.key()), form.digest(), form.version(), terms);
  }

  /**
   * {@code <group>/<Kind>/<namespace>/<name>}, always four parts: the core group is {@code core},
   * and the namespace of a cluster-scoped object is empty. The version is no part of it, so that a
   * new version of the API voids no signature.
   */
  static String nameOf(ObjectKey key) {
    String group = key.group().isEmpty() ? CORE_GROUP : key.group();
    return String.join("/", group, key.kind(), key.namespace(), key.name());
  }

  /** Reads a payload whose signature was verified. */
  static Statement read(byte[] payload) throws FormatException {
    StrictMembers statement =
        new StrictMembers("", SignedJson.read(payload))
            .only(Set.of("_type", "subject", "predicateType", "predicate"));
    require(statement.text("_type"), TYPE);
    require(statement.text("predicateType"), PREDICATE_TYPE);
    StrictMembers subject = statement.single("subject").only(Set.of("name", "digest"));
    StrictMembers predicate = statement.object("predicate");
    return new Statement(
        subject.text("name"),
        digest(subject.object("digest").only(Set.of("sha256")).text("sha256")),
        predicate.text("normalForm"),
        StatementTerms.read(predicate));
  }

  /** The payload to be signed. */
  byte[] toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("_type", TYPE);
    ObjectNode about = json.putArray("subject").addObject();
    about.put("name", subject);
    about.putObject("digest").put("sha256", digest.hex());
    json.put("predicateType", PREDICATE_TYPE);
    ObjectNode predicate = json.putObject("predicate").put("normalForm", normalForm);
    terms.write(predicate);
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void require(String found, String required) throws FormatException {
    if (!found.equals(required)) {
      throw new FormatException(found, required);
    }
  }

  private static Digest digest(String hex) throws FormatException {
    try {
      return new Digest("sha256:" + hex);
    } catch (IllegalArgumentException e) {
      throw new FormatException("a malformed sha256 digest", "64 lower-case hex digits");
    }
  }
}
