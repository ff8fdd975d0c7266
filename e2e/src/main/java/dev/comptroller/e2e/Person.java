package dev.comptroller.e2e;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.signature.KeyAlgorithm;
import dev.comptroller.core.signature.SigningKey;
import dev.comptroller.core.signature.StatementSigner;
import dev.comptroller.core.signature.StatementTerms;
import java.security.SecureRandom;

/**
 * Somebody with a signing key.
 *
 * @param organization whose people approve together as one, where a policy asks for several
 */
public record Person(String name, String organization, SigningKey key) {

  /** A person with a new key. */
  public static Person of(String name, String organization) {
    return new Person(
        name, organization, SigningKey.generate(KeyAlgorithm.P256, new SecureRandom()));
  }

  /** The same person with another key. */
  Person withNewKey() {
    return of(name, organization);
  }

  /** The authority of this name that a policy trusts, with a key of each person. */
  public static ObjectNode authority(String name, Person... persons) {
    ObjectNode authority = JsonNodeFactory.instance.objectNode().put("name", name);
    ArrayNode keys = authority.putArray("keys");
    for (Person person : persons) {
      String suffix = keys.isEmpty() ? "" : "-" + keys.size();
      keys.addObject()
          .put("name", name + "-" + person.name() + suffix)
          .put("person", person.name())
          .put("organization", person.organization())
          .put("publicKey", person.key().publicKey().toPem());
    }
    return authority;
  }

  /** A copy of the object that carries this person's signature beside those it has. */
  public ObjectNode sign(ObjectNode object) {
    return sign(object, StatementTerms.UNLIMITED);
  }

  ObjectNode sign(ObjectNode object, StatementTerms terms) {
    KubernetesObject subject = new KubernetesObject(object);
    return attach(object, new StatementSigner(key).sign(subject, NormalForm.of(subject), terms));
  }

  /** A copy of the object with an envelope as this person's signature. */
  ObjectNode attach(ObjectNode object, String envelope) {
    ObjectNode copy = object.deepCopy();
    copy.withObject("/metadata/annotations").put(annotation(), envelope);
    return copy;
  }

  /** The annotation that holds this person's signature. */
  String annotation() {
    return Api.SIGNATURE_ANNOTATION + "." + name;
  }
}
