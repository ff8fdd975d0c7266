package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.Locale;
import java.util.Set;

/** How objects of one kind are read as workloads. */
public interface Kind {

  /** Group and kind, such as {@code batch/Job}; the version makes no difference to what is read. */
  String name();

  /**
   * Reads an object of this kind.
   *
   * @throws dev.comptroller.core.object.InvalidFieldException if a field that matters has the wrong
   *     type or value
   */
  Workload read(Field object, Site site);

  /**
   * Groups and kinds of what its controller makes of it, where the pods of these are described in
   * the object itself; none where they cannot be traced back to it.
   */
  default Set<String> children() {
    return Set.of();
  }

  /** JSON pointer of the number that the scale subresource sets. */
  default String replicas() {
    return "/spec/replicas";
  }

  /**
   * Group and plural name, as a review names it: {@code apps/deployments}, {@code /pods} in the
   * core group.
   */
  default String resource() {
    String group = name().substring(0, Math.max(0, name().indexOf('/')));
    return group + "/" + shortName().toLowerCase(Locale.ROOT) + "s";
  }

  /** The kind without its group. */
  default String shortName() {
    return name().substring(name().indexOf('/') + 1);
  }
}
