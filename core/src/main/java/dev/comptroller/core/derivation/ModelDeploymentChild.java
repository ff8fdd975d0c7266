package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;

/**
 * A ModelDeployment's child is the Deployment that the operator derives, with any number of pods
 * that its scale allows.
 */
final class ModelDeploymentChild implements Relation {
  private static final String REPLICAS = "replicas";

  @Override
  public Comparison compare(KubernetesObject child, KubernetesObject deployment) {
    ObjectNode found = NormalForm.of(child).value();
    ObjectNode required = NormalForm.of(ModelDeploymentResources.workload(deployment)).value();
    JsonNode replicas = child.spec().path(REPLICAS);
    JsonNode most = deployment.spec().path("scale").path("max");
    if (replicas.longValue() > most.longValue()
        && found.get("spec") instanceof ObjectNode has
        && required.get("spec") instanceof ObjectNode may) {
      has.set(REPLICAS, replicas);
      may.set(REPLICAS, most);
    }
    return new Comparison(found, required);
  }
}
