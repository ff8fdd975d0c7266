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

/** What is required of workloads in which namespaces. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("governancepolicies")
@ShortNames("govpol")
@JsonClassDescription(
    "What is required of workloads in which namespaces. All policies that match a namespace must allow.")
@AdditionalPrinterColumn(name = "Enforcement", jsonPath = ".spec.enforcement")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type=='Ready')].status")
@AdditionalPrinterColumn(name = "Namespaces", jsonPath = ".spec.namespaces.include")
@AdditionalPrinterColumn(name = "Unapproved", jsonPath = ".spec.compute.whenUnapproved")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type=='Ready')].reason",
    priority = 1)
public class GovernancePolicy extends CustomResource<GovernancePolicySpec, GovernancePolicyStatus> {
  @Override
  @Required
  @JsonPropertyDescription("Where the policy holds, whom it trusts, and what it requires.")
  public GovernancePolicySpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("Whether the policy is in force.")
  public GovernancePolicyStatus getStatus() {
    return super.getStatus();
  }
}
