package dev.comptroller.api.v1alpha1;

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
public class AcceleratorClass
    extends CustomResource<AcceleratorClassSpec, AcceleratorClassStatus> {}
