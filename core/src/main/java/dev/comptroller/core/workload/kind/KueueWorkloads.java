package dev.comptroller.core.workload.kind;

import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.OwnerReference;
import dev.comptroller.core.workload.Field;

/** Kueue's Workload objects, each of which stands for one object that is queued. */
final class KueueWorkloads {
  private KueueWorkloads() {}

  /** Whether a Workload stands for this object. */
  static boolean isOf(KubernetesObject workload, Field object) {
    Field metadata = object.get("metadata");
    return workload
        .controller()
        .filter(owner -> owner.kind().equals(object.get("kind").textOrEmpty()))
        .filter(owner -> owner.name().equals(metadata.get("name").textOrEmpty()))
        .filter(owner -> sameUid(owner, metadata.get("uid").textOrEmpty()))
        .isPresent();
  }

  private static boolean sameUid(OwnerReference owner, String uid) {
    return uid.isEmpty() || owner.uid().equals(uid);
  }
}
