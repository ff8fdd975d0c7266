package dev.comptroller.core.governor;

import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.ObjectKey;
import java.util.Optional;

/**
 * One request to be judged.
 *
 * @param operation what is asked
 * @param target the object it is asked of; for a subresource the object that has it
 * @param subresource {@code scale}, {@code exec}, {@code attach}, {@code ephemeralcontainers} ...,
 *     empty for the object itself
 * @param object the object as it would be stored; for {@code scale} the Scale, for {@code exec} the
 *     options; absent for DELETE
 * @param oldObject the object as it is stored; present for UPDATE and DELETE
 * @param propagationPolicy what DELETE says about dependents ({@code Orphan}, {@code Background},
 *     {@code Foreground})
 * @param requester who asks
 */
public record Review(
    Operation operation,
    ObjectKey target,
    String subresource,
    Optional<KubernetesObject> object,
    Optional<KubernetesObject> oldObject,
    Optional<String> propagationPolicy,
    Requester requester) {

  /** The creation of an object. */
  public static Review create(KubernetesObject object, Requester requester) {
    return new Review(
        Operation.CREATE,
        object.key(),
        "",
        Optional.of(object),
        Optional.empty(),
        Optional.empty(),
        requester);
  }

  /** The replacement of an object by its next version. */
  public static Review update(
      KubernetesObject oldObject, KubernetesObject object, Requester requester) {
    return new Review(
        Operation.UPDATE,
        object.key(),
        "",
        Optional.of(object),
        Optional.of(oldObject),
        Optional.empty(),
        requester);
  }
}
