package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** What one unit of an accelerator resource is worth. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("acceleratorclasses")
@ShortNames("accel")
@JsonClassDescription("What one unit of an accelerator resource is worth.")
@AdditionalPrinterColumn(name = "Vendor", jsonPath = ".spec.vendor")
@AdditionalPrinterColumn(name = "Resource", jsonPath = ".spec.resource")
@AdditionalPrinterColumn(name = "Weight", jsonPath = ".spec.weight")
@AdditionalPrinterColumn(name = "Memory", jsonPath = ".spec.memory")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class AcceleratorClass extends CustomResource<AcceleratorClassSpec, AcceleratorClassStatus> {
  @Override
  @Required
  @JsonPropertyDescription("The product and its worth.")
  public AcceleratorClassSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("Conditions of the class.")
  public AcceleratorClassStatus getStatus() {
    return super.getStatus();
  }
}
