package dev.comptroller.core.object;

/**
 * Names one object of a cluster.
 *
 * @param apiVersion group and version, as manifests write them ({@code v1}, {@code batch/v1})
 * @param kind the kind, such as {@code Job}
 * @param namespace the namespace, empty for cluster-scoped objects
 * @param name the name; empty while the API server has not generated it
 */
public record ObjectKey(String apiVersion, String kind, String namespace, String name) {

  /** The API group; empty for the core group. */
  public String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  /** Group and kind, such as {@code batch/Job}; the kind alone in the core group. */
  public String groupAndKind() {
    return group().isEmpty() ? kind : group() + "/" + kind;
  }

  /** {@code Kind namespace/name}, as messages name it. */
  @Override
  public String toString() {
    return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
