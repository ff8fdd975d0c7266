package dev.comptroller.operator.wiring;

import dev.comptroller.core.object.KubernetesObject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the caches hold of one workload: the objects it controls, and the pods further down.
 *
 * @param objects as last seen
 */
public record OwnedResources(List<KubernetesObject> objects) {
  public OwnedResources {
    objects = List.copyOf(objects);
  }

  /** The cached object of the same kind and name as this one. */
  public Optional<KubernetesObject> like(KubernetesObject desired) {
    return objects.stream()
        .filter(object -> sameKind(object, desired) && object.name().equals(desired.name()))
        .findFirst();
  }

  /** All of a kind. */
  public List<KubernetesObject> ofKind(String kind) {
    return objects.stream().filter(object -> object.kind().equals(kind)).toList();
  }

  /** Controlled by this owner and not among what is desired any more. */
  public List<KubernetesObject> obsolete(String ownerUid, Collection<KubernetesObject> desired) {
    return objects.stream()
        .filter(object -> object.controller().filter(c -> c.uid().equals(ownerUid)).isPresent())
        .filter(
            object ->
                desired.stream()
                    .noneMatch(d -> sameKind(object, d) && d.name().equals(object.name())))
        .toList();
  }

  private static boolean sameKind(KubernetesObject one, KubernetesObject other) {
    return one.kind().equals(other.kind()) && one.key().group().equals(other.key().group());
  }
}
