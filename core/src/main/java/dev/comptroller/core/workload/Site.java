package dev.comptroller.core.workload;

import dev.comptroller.core.object.KubernetesObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where an object stands: its namespace, and what there is around it.
 *
 * @param namespace empty where the object says none
 */
public record Site(String namespace, Surroundings around) {

  /** One object of this namespace. */
  public Optional<Field> find(String kind, String name) {
    return around.find(kind, namespace, name).map(Field::of);
  }

  /** One cluster-scoped object. */
  public Optional<Field> findInCluster(String kind, String name) {
    return around.find(kind, "", name).map(Field::of);
  }

  /** All objects of a kind in this namespace. */
  public List<KubernetesObject> all(String kind) {
    return around.all(kind, namespace);
  }

  /** A deadline that has been running for as long as its workload has. */
  public Figure deadline(Field field, String name, long seconds) {
    long gone = Math.min(seconds, around.elapsed().toSeconds());
    if (gone == 0) {
      return Figure.deadline(field.pointer(), name, seconds);
    }
    return new Figure(
        field.pointer(),
        "rest of the " + name,
        Figure.deadline("", "", seconds - gone).value(),
        "s",
        List.of(
            Figure.seconds(field.pointer(), name, seconds),
            Figure.seconds("", "time it has run", gone)));
  }

  /** The same place for what starts afresh: no time of its deadlines is gone. */
  public Site fresh() {
    return new Site(namespace, around.after(Duration.ZERO));
  }
}
