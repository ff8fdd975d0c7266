package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.derivation.ControllerIdentities;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.Lookup;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.workload.Surroundings;
import java.util.List;

/**
 * What a verdict looks at beside the request itself. Filled from informers, from one-shot lists, or
 * from files.
 */
public interface ClusterView {

  /** Whether policies, classes and approvals are all known; until then there is no verdict. */
  boolean synced();

  /** All policies, in the order of their names. */
  List<GovernancePolicy> policies();

  /** The accelerator classes. */
  AcceleratorCatalogue accelerators();

  /** What prices depend on beside the objects themselves, as far as it is known. */
  Surroundings surroundings();

  /**
   * All Approval objects of a namespace as they are stored; whether they count is decided from
   * their signatures.
   */
  Lookup<List<KubernetesObject>> approvals(String namespace);

  /** One object, asked live where a cache lacks it. */
  Lookup<KubernetesObject> object(ObjectKey key);

  /** UID of the namespace kube-system, which names the cluster; empty if there is no cluster. */
  String clusterUid();

  /** Which users create the children of which kinds. */
  ControllerIdentities identities();
}
