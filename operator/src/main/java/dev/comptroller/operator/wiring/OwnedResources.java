package dev.comptroller.operator.wiring;

import dev.comptroller.core.object.KubernetesObject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the caches hold of one workload: all that carries its label, pods included. Anybody may
 * write a label, so it makes nothing part of the workload.
 *
 * @param ownerUid UID of the workload
 * @param objects as last seen
 */
public record OwnedResources(String ownerUid, List<KubernetesObject> objects) {
  public OwnedResources {
    objects = List.copyOf(objects);
  }

  /** The cached object of the same kind and name as this one. */
  public Optional<KubernetesObject> like(KubernetesObject desired) {
    return objects.stream()
        .filter(object -> sameKind(object, desired) && object.name().equals(desired.name()))
        .findFirst();
  }

  /** All of a kind that the workload controls; pods, which its children control, by label alone. */
  public List<KubernetesObject> ofKind(String kind) {
    return objects.stream()
        .filter(object -> object.kind().equals(kind))
        .filter(object -> kind.equals("Pod") || isControlled(object))
        .toList();
  }

  /** Controlled by the workload and not among what is desired any more. */
  public List<KubernetesObject> obsolete(Collection<KubernetesObject> desired) {
    return objects.stream()
        .filter(this::isControlled)
        .filter(
            object ->
                desired.stream()
                    .noneMatch(d -> sameKind(object, d) && d.name().equals(object.name())))
        .toList();
  }

  private boolean isControlled(KubernetesObject object) {
    return object.controller().filter(owner -> owner.uid().equals(ownerUid)).isPresent();
  }

  private static boolean sameKind(KubernetesObject one, KubernetesObject other) {
    return one.kind().equals(other.kind()) && one.key().group().equals(other.key().group());
  }
}
