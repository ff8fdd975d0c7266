package dev.comptroller.core.derivation;

import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;

/**
 * The object was made from its owner by the identity that makes such objects, and says nothing that
 * its owner does not stand for.
 */
public record Derived() implements DerivationVerdict {

  /**
   * Judges whether a child is what its owner stands for.
   *
   * @param child the object as it would be stored
   * @param owner the object that the child's controller reference names, as the cluster holds it
   * @param username who asks for the child
   * @param identities which users create children of which owners
   */
  public static DerivationVerdict check(
      KubernetesObject child,
      KubernetesObject owner,
      String username,
      ControllerIdentities identities) {
    return new NotDerived(
        new Finding(
            ReasonCode.NotDerived,
            "",
            child.key() + " made by " + username,
            "a child of " + owner.key() + " made by one of " + identities.usersByOwnerKind(),
            ""));
  }
}
