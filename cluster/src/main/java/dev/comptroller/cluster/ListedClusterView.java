package dev.comptroller.cluster;

import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.derivation.ControllerIdentities;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.Lookup;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.workload.Surroundings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;

/** A cluster as it is when it is asked, for programs that look once. */
public final class ListedClusterView extends ReadOnceView {
  private final RawApi api;
  private final LiveObjects objects;
  private final Remembered<Surroundings> surroundings;

  /**
   * Lists policies and accelerator classes.
   *
   * @throws KubernetesClientException if the cluster does not answer or lacks Comptroller's kinds
   */
  public ListedClusterView(KubernetesClient client, ControllerIdentities identities) {
    this(new RawApi(client), new LiveObjects(client), identities);
  }

  private ListedClusterView(RawApi api, LiveObjects objects, ControllerIdentities identities) {
    super(
        api.list("", "governancepolicies", "GovernancePolicy").stream()
            .sorted(Comparator.comparing(KubernetesObject::name))
            .map(KindReader.LENIENT::policy)
            .toList(),
        new AcceleratorCatalogue(
            api.list("", "acceleratorclasses", "AcceleratorClass").stream()
                .map(KindReader.LENIENT::acceleratorClass)
                .toList()),
        api.get(ClusterIdentity.NAMESPACE)
            .map(KubernetesObject::uid)
            .orElseThrow(() -> new KubernetesClientException("the cluster has no kube-system")),
        identities);
    this.api = api;
    this.objects = objects;
    this.surroundings = new Remembered<>(() -> ListedSurroundings.of(api));
  }

  /** Asked for once, by the first who wants to know. */
  @Override
  public Surroundings surroundings() {
    return surroundings.get();
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
}
