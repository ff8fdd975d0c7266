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

/** One approver's permission for one plan. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("approvals")
@ShortNames("appr")
@JsonClassDescription("One approver's permission for one plan.")
@AdditionalPrinterColumn(name = "Subject", jsonPath = ".spec.subject.name")
@AdditionalPrinterColumn(name = "GPU-Hours", jsonPath = ".spec.gpuHours")
@AdditionalPrinterColumn(name = "Approved-By", jsonPath = ".status.approvedBy")
@AdditionalPrinterColumn(
    name = "Status",
    jsonPath = ".status.conditions[?(@.type=='Ready')].reason")
@AdditionalPrinterColumn(name = "Expires", jsonPath = ".spec.expires")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Kind", jsonPath = ".spec.subject.kind", priority = 1)
@AdditionalPrinterColumn(name = "Plan", jsonPath = ".spec.subject.planDigest", priority = 1)
@AdditionalPrinterColumn(name = "Ticket", jsonPath = ".spec.ticket", priority = 1)
public class Approval extends CustomResource<ApprovalSpec, ApprovalStatus> implements Namespaced {
  @Override
  @Required
  @JsonPropertyDescription("What is approved, how much of it, where and until when.")
  public ApprovalSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription(
      "Whether the approval counts, and for whom. Display only: no verdict reads it.")
  public ApprovalStatus getStatus() {
    return super.getStatus();
  }
}
