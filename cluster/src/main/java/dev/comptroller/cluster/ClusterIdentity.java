package dev.comptroller.cluster;

import dev.comptroller.core.object.ObjectKey;

/** What names a cluster: the UID of a namespace that every cluster has and nobody can replace. */
final class ClusterIdentity {
  static final ObjectKey NAMESPACE = new ObjectKey("v1", "Namespace", "", "kube-system");

  private ClusterIdentity() {}
}
