package dev.comptroller.core.governor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.signature.KeyAlgorithm;
import dev.comptroller.core.signature.SigningKey;
import dev.comptroller.core.signature.StatementSigner;
import dev.comptroller.core.signature.StatementTerms;
import java.security.SecureRandom;

/** Those who sign in tests, and a stranger. */
record Person(String name, SigningKey key) {
  static final Person ALICE = named("alice");
  static final Person BOB = named("bob");
  static final Person CAROL = named("carol");
  static final Person MALLORY = named("mallory");

  private static Person named(String name) {
    return new Person(name, SigningKey.generate(KeyAlgorithm.Ed25519, new SecureRandom()));
  }

  String publicPem() {
    return key.publicKey().toPem();
  }

  /** The public key as it stands in a policy below {@code publicKey: |}. */
  String indentedPem(int spaces) {
    return publicPem().indent(spaces).stripTrailing();
  }

  /** The object with this person's signature in an annotation of its own. */
  KubernetesObject sign(KubernetesObject object) {
    ObjectNode signed = object.json().deepCopy();
    signed
        .withObject("/metadata")
        .withObjectProperty("annotations")
        .put(
            Api.SIGNATURE_ANNOTATION + "." + name,
            new StatementSigner(key).sign(object, NormalForm.of(object), StatementTerms.UNLIMITED));
    return new KubernetesObject(signed);
  }
}
