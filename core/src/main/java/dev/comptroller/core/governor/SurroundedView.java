package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.derivation.ControllerIdentities;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.Lookup;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.workload.Surroundings;
import java.util.List;

/** A cluster as it would be with other surroundings. */
record SurroundedView(ClusterView cluster, Surroundings surroundings) implements ClusterView {
  @Override
  public boolean synced() {
    return cluster.synced();
  }

  @Override
  public List<GovernancePolicy> policies() {
    return cluster.policies();
  }

  @Override
  public AcceleratorCatalogue accelerators() {
    return cluster.accelerators();
  }

  @Override
  public Lookup<List<KubernetesObject>> approvals(String namespace) {
    return cluster.approvals(namespace);
  }

  @Override
  public Lookup<KubernetesObject> object(ObjectKey key) {
    return cluster.object(key);
  }

  @Override
  public String clusterUid() {
    return cluster.clusterUid();
  }

  @Override
  public ControllerIdentities identities() {
    return cluster.identities();
  }
}
