package dev.comptroller.api.v1alpha1;

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
public class GovernancePolicy
    extends CustomResource<GovernancePolicySpec, GovernancePolicyStatus> {}
