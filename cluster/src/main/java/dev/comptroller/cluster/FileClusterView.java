package dev.comptroller.cluster;

import dev.comptroller.api.v1alpha1.AcceleratorClass;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.derivation.ControllerIdentities;
import dev.comptroller.core.governor.ClusterView;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.Lookup;
import dev.comptroller.core.object.ObjectKey;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A cluster that consists of manifests: what they do not hold does not exist. */
public final class FileClusterView implements ClusterView {
  private final Map<ObjectKey, KubernetesObject> objects = new LinkedHashMap<>();
  private final List<GovernancePolicy> policies;
  private final AcceleratorCatalogue accelerators;
  private final String clusterUid;
  private final ControllerIdentities identities;

  /**
   * @param manifests all objects of the cluster; when one is there twice the last one holds
   * @param clusterUid UID of the namespace kube-system; empty if the manifests hold it, or if
   *     nothing depends on it
   * @throws InvalidManifestException if a policy or accelerator class cannot be read
   */
  public FileClusterView(
      List<KubernetesObject> manifests, String clusterUid, ControllerIdentities identities) {
    for (KubernetesObject object : manifests) {
      objects.put(object.key(), object);
    }
    this.policies =
        all("GovernancePolicy")
            .sorted(Comparator.comparing(KubernetesObject::name))
            .map(object -> read(object, KindReader.STRICT::policy))
            .toList();
    List<AcceleratorClass> classes =
        all("AcceleratorClass")
            .map(object -> read(object, KindReader.STRICT::acceleratorClass))
            .toList();
    this.accelerators = new AcceleratorCatalogue(classes);
    this.clusterUid = clusterUid.isEmpty() ? uidOfKubeSystem() : clusterUid;
    this.identities = identities;
  }

  private String uidOfKubeSystem() {
    KubernetesObject namespace = objects.get(ClusterIdentity.NAMESPACE);
    return namespace == null ? "" : namespace.uid();
  }

  private Stream<KubernetesObject> all(String kind) {
    return objects.values().stream()
        .filter(object -> object.apiVersion().equals(Api.API_VERSION))
        .filter(object -> object.kind().equals(kind));
  }

  private static <T> T read(KubernetesObject object, Function<KubernetesObject, T> reader) {
    try {
      return reader.apply(object);
    } catch (InvalidFieldException e) {
      throw new InvalidManifestException(object.key().toString(), e.problem());
    }
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
    return new Lookup.Found<>(
        all("Approval").filter(object -> object.namespace().equals(namespace)).toList());
  }

  @Override
  public Lookup<KubernetesObject> object(ObjectKey key) {
    KubernetesObject object = objects.get(key);
    return object == null ? new Lookup.Missing<>() : new Lookup.Found<>(object);
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
