package dev.comptroller.cluster;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.derivation.ControllerIdentities;
import dev.comptroller.core.governor.ClusterView;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.Lookup;
import dev.comptroller.core.object.ObjectKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;

/** A cluster as it is when it is asked, for programs that look once. */
public final class ListedClusterView implements ClusterView {
  private final RawApi api;
  private final LiveObjects objects;
  private final List<GovernancePolicy> policies;
  private final AcceleratorCatalogue accelerators;
  private final String clusterUid;
  private final ControllerIdentities identities;

  /**
   * Lists policies and accelerator classes.
   *
   * @throws KubernetesClientException if the cluster does not answer or lacks Comptroller's kinds
   */
  public ListedClusterView(KubernetesClient client, ControllerIdentities identities) {
    this.api = new RawApi(client);
    this.objects = new LiveObjects(client);
    this.policies =
        api.list("", "governancepolicies", "GovernancePolicy").stream()
            .sorted(Comparator.comparing(KubernetesObject::name))
            .map(KindReader.LENIENT::policy)
            .toList();
    this.accelerators =
        new AcceleratorCatalogue(
            api.list("", "acceleratorclasses", "AcceleratorClass").stream()
                .map(KindReader.LENIENT::acceleratorClass)
                .toList());
    this.clusterUid =
        api.get(ClusterIdentity.NAMESPACE)
            .map(KubernetesObject::uid)
            .orElseThrow(() -> new KubernetesClientException("the cluster has no kube-system"));
    this.identities = identities;
  }

  @Override
  public boolean synced() {
    return true;
  }

  @Override
  public List<GovernancePolicy> policies() {
    return policies;
  }

  @Override
  public AcceleratorCatalogue accelerators() {
    return accelerators;
  }

  @Override
  public Lookup<List<KubernetesObject>> approvals(String namespace) {
    try {
      return new Lookup.Found<>(api.list(namespace, "approvals", "Approval"));
    } catch (KubernetesClientException e) {
      return new Lookup.Unavailable<>("the API server answered " + e.getCode());
    }
  }

  @Override
  public Lookup<KubernetesObject> object(ObjectKey key) {
    return objects.get(key);
  }

  @Override
  public String clusterUid() {
    return clusterUid;
  }

  @Override
  public ControllerIdentities identities() {
    return identities;
  }
}
