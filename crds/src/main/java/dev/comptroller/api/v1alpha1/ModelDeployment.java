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

/** One governed model endpoint. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("modeldeployments")
@ShortNames("mdep")
@JsonClassDescription("One governed model endpoint.")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type=='Ready')].status")
@AdditionalPrinterColumn(name = "Tier", jsonPath = ".status.tier")
@AdditionalPrinterColumn(name = "Rate", jsonPath = ".status.gpuHours.rate")
@AdditionalPrinterColumn(name = "Signed-By", jsonPath = ".status.signedBy")
@AdditionalPrinterColumn(name = "Approved-By", jsonPath = ".status.approvedBy")
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.url")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Model", jsonPath = ".spec.model.name", priority = 1)
@AdditionalPrinterColumn(name = "Version", jsonPath = ".spec.model.version", priority = 1)
@AdditionalPrinterColumn(name = "Owner", jsonPath = ".spec.owner", priority = 1)
@AdditionalPrinterColumn(
    name = "Replicas",
    jsonPath = ".status.replicas",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(name = "Plan", jsonPath = ".status.planDigest", priority = 1)
public class ModelDeployment extends CustomResource<ModelDeploymentSpec, ModelDeploymentStatus>
    implements Namespaced {
  @Override
  @Required
  @JsonPropertyDescription(
      "A model, the runtime that serves it, how far it scales and who may call it.")
  public ModelDeploymentSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What is known of the endpoint. Display only: no verdict reads it.")
  public ModelDeploymentStatus getStatus() {
    return super.getStatus();
  }
}
