package dev.comptroller.core.signature;

import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;

/** Signs statements about objects with one key. */
public record StatementSigner(SigningKey key) {

  /**
   * The envelope, JSON on one line, to be put into an annotation of the object.
   *
   * <p>The object must have a name, and its namespace if it has one in the cluster: both are
   * signed. An object without a name is refused with an IllegalArgumentException.
   */
  public String sign(KubernetesObject object, NormalForm form, StatementTerms terms) {
    if (object.name().isEmpty() || object.kind().isEmpty()) {
      throw new IllegalArgumentException(
          "a signature binds kind and name: set kind and metadata.name, generateName is not enough");
    }
    return Envelope.sign(Statement.about(object, form, terms).toJson(), key).toJson();
  }
}
