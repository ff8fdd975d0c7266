package dev.comptroller.api.v1alpha1;

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
public class Approval extends CustomResource<ApprovalSpec, ApprovalStatus> implements Namespaced {}
