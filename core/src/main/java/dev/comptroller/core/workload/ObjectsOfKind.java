package dev.comptroller.core.workload;

import dev.comptroller.core.object.KubernetesObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * All objects of one kind at one time. They are looked at for each price and change rarely, so they
 * are found by namespace and name, and what is made from all of them is made once.
 */
public final class ObjectsOfKind {
  /** None at all. */
  public static final ObjectsOfKind NONE = new ObjectsOfKind(List.of());

  private final List<KubernetesObject> all;
  private final Map<String, List<KubernetesObject>> byNamespace = new HashMap<>();
  private final Map<Name, KubernetesObject> byName = new HashMap<>();
  private final Map<Class<?>, Object> made = new ConcurrentHashMap<>();

  private record Name(String namespace, String name) {}

  /**
   * @param all if two have the same name, the first is found by it
   */
  public ObjectsOfKind(List<KubernetesObject> all) {
    this.all = List.copyOf(all);
    for (KubernetesObject object : this.all) {
      String namespace = object.namespace();
      byNamespace.computeIfAbsent(namespace, name -> new ArrayList<>()).add(object);
      byName.putIfAbsent(new Name(namespace, object.name()), object);
    }
    byNamespace.replaceAll((namespace, objects) -> List.copyOf(objects));
  }

  /** All of them. */
  public List<KubernetesObject> all() {
    return all;
  }

  /** Those of a namespace. */
  List<KubernetesObject> in(String namespace) {
    return byNamespace.getOrDefault(namespace, List.of());
  }

  /** One of them; the namespace is empty for cluster-scoped kinds. */
  Optional<KubernetesObject> find(String namespace, String name) {
    return Optional.ofNullable(byName.get(new Name(namespace, name)));
  }

  /** What is made from all of them, which is the same for each of its types. */
  <T> T made(Class<T> type, Function<List<KubernetesObject>, T> maker) {
    return type.cast(made.computeIfAbsent(type, any -> maker.apply(all)));
  }
}
