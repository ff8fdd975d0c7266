package dev.comptroller.cli.output;

import dev.comptroller.core.object.ObjectKey;

/** Which object a result is about. */
public record ObjectReport(String apiVersion, String kind, String namespace, String name) {

  /** The object of this key. */
  public static ObjectReport of(ObjectKey key) {
    return new ObjectReport(key.apiVersion(), key.kind(), key.namespace(), key.name());
  }

  @Override
  public String toString() {
    return new ObjectKey(apiVersion, kind, namespace, name).toString();
  }
}
