package dev.comptroller.cluster;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.derivation.ControllerIdentities;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.Lookup;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.workload.Surroundings;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A cluster that consists of manifests: what they do not hold does not exist. */
public final class FileClusterView extends ReadOnceView {
  private final Map<ObjectKey, KubernetesObject> objects;
  private final Surroundings surroundings;

  /**
   * @param manifests all objects of the cluster; when one is there twice the last one holds
   * @param clusterUid UID of the namespace kube-system; empty if the manifests hold it, or if
   *     nothing depends on it
   * @throws InvalidManifestException if a policy or accelerator class cannot be read
   */
  public FileClusterView(
      List<KubernetesObject> manifests, String clusterUid, ControllerIdentities identities) {
    this(byKey(manifests), clusterUid, identities);
  }

  private FileClusterView(
      Map<ObjectKey, KubernetesObject> objects,
      String clusterUid,
      ControllerIdentities identities) {
    super(
        all(objects, "GovernancePolicy")
            .sorted(Comparator.comparing(KubernetesObject::name))
            .map(object -> read(object, KindReader.STRICT::policy))
            .toList(),
        new AcceleratorCatalogue(
            all(objects, "AcceleratorClass")
                .map(object -> read(object, KindReader.STRICT::acceleratorClass))
                .toList()),
        clusterUid.isEmpty() ? uidOfKubeSystem(objects) : clusterUid,
        identities);
    this.objects = objects;
    this.surroundings = Surroundings.among(List.copyOf(objects.values()));
  }

  private static Map<ObjectKey, KubernetesObject> byKey(List<KubernetesObject> manifests) {
    Map<ObjectKey, KubernetesObject> objects = new LinkedHashMap<>();
    manifests.forEach(object -> objects.put(object.key(), object));
    return objects;
  }

  private static String uidOfKubeSystem(Map<ObjectKey, KubernetesObject> objects) {
    KubernetesObject namespace = objects.get(ClusterIdentity.NAMESPACE);
    return namespace == null ? "" : namespace.uid();
  }

  private static Stream<KubernetesObject> all(
      Map<ObjectKey, KubernetesObject> objects, String kind) {
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

  /** Whoever gives policies alone does not say that there is nothing else. */
  @Override
  public Surroundings surroundings() {
    return surroundings;
  }

  @Override
  public Lookup<List<KubernetesObject>> approvals(String namespace) {
    return new Lookup.Found<>(
        all(objects, "Approval").filter(object -> object.namespace().equals(namespace)).toList());
  }

  @Override
  public Lookup<KubernetesObject> object(ObjectKey key) {
    KubernetesObject object = objects.get(key);
    return object == null ? new Lookup.Missing<>() : new Lookup.Found<>(object);
  }
}
