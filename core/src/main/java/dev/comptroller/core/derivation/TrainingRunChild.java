package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;

/**
 * A TrainingRun's child is the workload that the operator derives. It may end sooner: after a
 * suspension only what is left of its hours is its deadline.
 */
final class TrainingRunChild implements Relation {
  private static final String DEADLINE = "activeDeadlineSeconds";

  @Override
  public Comparison compare(KubernetesObject child, KubernetesObject run) {
    ObjectNode found = NormalForm.of(child).value();
    ObjectNode required = NormalForm.of(TrainingRunResources.workload(run)).value();
    JsonNode deadline = found.path("spec").path(DEADLINE);
    JsonNode latest = required.path("spec").path(DEADLINE);
    if (found.get("spec") instanceof ObjectNode spec
        && deadline.isIntegralNumber()
        && latest.isIntegralNumber()
        && deadline.longValue() > 0
        && deadline.longValue() < latest.longValue()) {
      spec.set(DEADLINE, latest);
    }
    return new Comparison(found, required);
  }
}
