package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One governed training job. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("trainingruns")
@ShortNames("trun")
@JsonClassDescription("One governed training job.")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Tier", jsonPath = ".status.tier")
@AdditionalPrinterColumn(name = "GPU-Hours", jsonPath = ".status.gpuHours.bound")
@AdditionalPrinterColumn(name = "Signed-By", jsonPath = ".status.signedBy")
@AdditionalPrinterColumn(name = "Approved-By", jsonPath = ".status.approvedBy")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Experiment", jsonPath = ".spec.experiment", priority = 1)
@AdditionalPrinterColumn(name = "Owner", jsonPath = ".spec.owner", priority = 1)
@AdditionalPrinterColumn(name = "Plan", jsonPath = ".status.planDigest", priority = 1)
public class TrainingRun extends CustomResource<TrainingRunSpec, TrainingRunStatus>
    implements Namespaced {
  @Override
  @Required
  @JsonPropertyDescription("What the run is for, what goes into it, and the workload that runs it.")
  public TrainingRunSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What is known of the run. Display only: no verdict reads it.")
  public TrainingRunStatus getStatus() {
    return super.getStatus();
  }
}
