package dev.comptroller.cluster;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.derivation.ControllerIdentities;
import dev.comptroller.core.governor.ClusterView;
import java.util.List;

/** A cluster whose policies and accelerator classes were read once and stay as they were then. */
abstract class ReadOnceView implements ClusterView {
  private final List<GovernancePolicy> policies;
  private final AcceleratorCatalogue accelerators;
  private final String clusterUid;
  private final ControllerIdentities identities;

  ReadOnceView(
      List<GovernancePolicy> policies,
      AcceleratorCatalogue accelerators,
      String clusterUid,
      ControllerIdentities identities) {
    this.policies = List.copyOf(policies);
    this.accelerators = accelerators;
    this.clusterUid = clusterUid;
    this.identities = identities;
  }

  @Override
  public final boolean synced() {
    return true;
  }

  @Override
  public final List<GovernancePolicy> policies() {
    return policies;
  }

  @Override
  public final AcceleratorCatalogue accelerators() {
    return accelerators;
  }

  @Override
  public final String clusterUid() {
    return clusterUid;
  }

  @Override
  public final ControllerIdentities identities() {
    return identities;
  }
}
