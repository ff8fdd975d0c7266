package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import java.util.List;

/** A Deployment's ReplicaSets are its template and selector, told apart by one label. */
final class DeploymentReplicaSets implements Relation {
  private static final String HASH = "pod-template-hash";

  @Override
  public Comparison compare(KubernetesObject replicaSet, KubernetesObject deployment) {
    ObjectNode stands = Forms.object(deployment.spec(), "the Deployment's spec").deepCopy();
    stands.retain("minReadySeconds", "selector", "template");
    ObjectNode found = Forms.object(replicaSet.spec(), "the ReplicaSet's spec").deepCopy();
    for (String pointer : List.of("/selector/matchLabels", "/template/metadata/labels")) {
      leaveOutHash(found.at(pointer));
    }
    return new Comparison(
        Forms.spec("apps/v1", "ReplicaSet", found), Forms.spec("apps/v1", "ReplicaSet", stands));
  }

  private static void leaveOutHash(JsonNode labels) {
    if (labels instanceof ObjectNode map) {
      map.remove(HASH);
    }
  }
}
