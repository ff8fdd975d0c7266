package dev.comptroller.core.workload;

import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a price depends on beside the object itself: runtimes, autoscalers, resource claims and
 * their templates, device classes, resource slices, nodes, limit ranges, runtime classes, Kueue's
 * workloads; and the time it is priced for.
 *
 * @param kinds what the cluster holds, by group and kind
 * @param complete whether what is not among the objects does not exist; otherwise it may
 * @param platformLabels labels of workloads that only the platform sets
 * @param window the time for which schedules are counted; without one they have no end
 * @param elapsed how long the workload has run since it was last started
 * @param node the node that the pods are on, once they are
 */
public record Surroundings(
    Map<String, ObjectsOfKind> kinds,
    boolean complete,
    Set<String> platformLabels,
    Optional<Window> window,
    Duration elapsed,
    Optional<String> node) {

  /** Nothing is known. */
  public static final Surroundings UNKNOWN =
      new Surroundings(
          Map.of(), false, Set.of(), Optional.empty(), Duration.ZERO, Optional.empty());

  public Surroundings {
    kinds = Map.copyOf(kinds);
    platformLabels = Set.copyOf(platformLabels);
  }

  /** These objects and no others. */
  public static Surroundings of(List<KubernetesObject> objects) {
    Map<String, List<KubernetesObject>> byKind = new HashMap<>();
    for (KubernetesObject object : objects) {
      byKind.computeIfAbsent(object.key().groupAndKind(), kind -> new ArrayList<>()).add(object);
    }
    Map<String, ObjectsOfKind> kinds = new HashMap<>();
    byKind.forEach((kind, all) -> kinds.put(kind, new ObjectsOfKind(all)));
    return new Surroundings(
        kinds, true, Set.of(), Optional.empty(), Duration.ZERO, Optional.empty());
  }

  /** These objects, and perhaps others. */
  public static Surroundings among(List<KubernetesObject> objects) {
    return new Surroundings(
        of(objects).kinds, false, Set.of(), Optional.empty(), Duration.ZERO, Optional.empty());
  }

  /** The same with this object, in place of an older one of its name. */
  public Surroundings with(KubernetesObject object) {
    return replacing(object.key(), List.of(object));
  }

  /** The same without the object of this name. */
  public Surroundings without(ObjectKey key) {
    return replacing(key, List.of());
  }

  private Surroundings replacing(ObjectKey key, List<KubernetesObject> replacement) {
    List<KubernetesObject> sameKind = new ArrayList<>(all(key.groupAndKind()));
    sameKind.removeIf(
        object -> object.name().equals(key.name()) && object.namespace().equals(key.namespace()));
    sameKind.addAll(replacement);
    Map<String, ObjectsOfKind> replaced = new HashMap<>(kinds);
    replaced.put(key.groupAndKind(), new ObjectsOfKind(sameKind));
    return new Surroundings(replaced, complete, platformLabels, window, elapsed, node);
  }

  /** The same, priced for a window. */
  public Surroundings during(Window time) {
    return new Surroundings(kinds, complete, platformLabels, Optional.of(time), elapsed, node);
  }

  /** The same, for a workload that runs already. */
  public Surroundings after(Duration running) {
    return new Surroundings(kinds, complete, platformLabels, window, running, node);
  }

  /** The same, with labels that only the platform sets. */
  public Surroundings trusting(Set<String> labels) {
    return new Surroundings(kinds, complete, labels, window, elapsed, node);
  }

  /** The same, for pods that are on a node. */
  public Surroundings on(String nodeName) {
    return new Surroundings(
        kinds, complete, platformLabels, window, elapsed, Optional.of(nodeName));
  }

  /**
   * All objects of a kind.
   *
   * @param kind group and kind, such as {@code autoscaling/HorizontalPodAutoscaler} or {@code Node}
   */
  public List<KubernetesObject> all(String kind) {
    return of(kind).all();
  }

  /** All objects of a kind in a namespace. */
  public List<KubernetesObject> all(String kind, String namespace) {
    return of(kind).in(namespace);
  }

  /** One object; the namespace is empty for cluster-scoped kinds. */
  public Optional<KubernetesObject> find(String kind, String namespace, String name) {
    return of(kind).find(namespace, name);
  }

  /**
   * What is made from all objects of a kind; made once for as long as they stay the same, and so
   * for many prices.
   *
   * @param type which is always made in the same way
   */
  public <T> T made(String kind, Class<T> type, Function<List<KubernetesObject>, T> maker) {
    return of(kind).made(type, maker);
  }

  private ObjectsOfKind of(String kind) {
    return kinds.getOrDefault(kind, ObjectsOfKind.NONE);
  }
}
