package dev.comptroller.cluster;

import dev.comptroller.api.v1alpha1.AcceleratorClass;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.derivation.ControllerIdentities;
import dev.comptroller.core.governor.ClusterView;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.Lookup;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.workload.Surroundings;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster that is watched. Policies, classes, approvals and what prices depend on are held in
 * memory; owners are asked for one by one, so that nothing here grows with the number of pods.
 */
public final class InformerClusterView implements ClusterView, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InformerClusterView.class);

  private final RawApi api;
  private final LiveObjects objects;
  private final ControllerIdentities identities;
  private final SharedIndexInformer<GenericKubernetesResource> policyInformer;
  private final SharedIndexInformer<GenericKubernetesResource> classInformer;
  private final SharedIndexInformer<GenericKubernetesResource> approvalInformer;
  private final List<Consumer<ObjectKey>> listeners = new CopyOnWriteArrayList<>();
  private final Remembered<List<GovernancePolicy>> policies;
  private final Remembered<AcceleratorCatalogue> accelerators;
  private final WatchedSurroundings surroundings;
  private volatile String clusterUid = "";

  /** Starts to watch; {@link #synced()} tells when everything is known. */
  public InformerClusterView(KubernetesClient client, ControllerIdentities identities) {
    this.api = new RawApi(client);
    this.objects = new LiveObjects(client);
    this.identities = identities;
    this.policyInformer = informer(client, "governancepolicies", "GovernancePolicy", false);
    this.classInformer = informer(client, "acceleratorclasses", "AcceleratorClass", false);
    this.approvalInformer = informer(client, "approvals", "Approval", true);
    this.policies = new Remembered<>(() -> read(policyInformer, KindReader.LENIENT::policy));
    this.accelerators =
        new Remembered<>(
            () -> {
              List<AcceleratorClass> classes =
                  read(classInformer, KindReader.LENIENT::acceleratorClass);
              return new AcceleratorCatalogue(classes);
            });
    policyInformer.addEventHandler(new Changes(policies::forget));
    classInformer.addEventHandler(new Changes(accelerators::forget));
    approvalInformer.addEventHandler(new Changes(() -> {}));
    policyInformer.start();
    classInformer.start();
    approvalInformer.start();
    this.surroundings = new WatchedSurroundings(client, this::tell);
  }

  private static SharedIndexInformer<GenericKubernetesResource> informer(
      KubernetesClient client, String plural, String kind, boolean namespaced) {
    ResourceDefinitionContext context =
        new ResourceDefinitionContext.Builder()
            .withGroup(Api.GROUP)
            .withVersion(Api.VERSION)
            .withPlural(plural)
            .withKind(kind)
            .withNamespaced(namespaced)
            .build();
    var resources = client.genericKubernetesResources(context);
    SharedIndexInformer<GenericKubernetesResource> informer =
        namespaced ? resources.inAnyNamespace().runnableInformer(0) : resources.runnableInformer(0);
    // Keep trying for as long as the process lives: the kinds may be installed after it starts.
    return informer.itemStore(new CompactStore()).exceptionHandler((started, error) -> true);
  }

  /**
   * Calls back with the key of every policy, class or approval that was added, changed or deleted,
   * and of what else may have made a workload dearer.
   */
  public void onChange(Consumer<ObjectKey> listener) {
    listeners.add(listener);
  }

  /** Calls back whenever a policy was added, changed or deleted. */
  public void onPolicyChange(Runnable listener) {
    onChange(
        changed -> {
          if (changed.kind().equals("GovernancePolicy")) {
            listener.run();
          }
        });
  }

  @Override
  public boolean synced() {
    return policyInformer.hasSynced()
        && classInformer.hasSynced()
        && approvalInformer.hasSynced()
        && surroundings.synced()
        && identified();
  }

  /** Whether all policies can be read. */
  public boolean policiesKnown() {
    return policyInformer.hasSynced();
  }

  private boolean identified() {
    if (clusterUid.isEmpty()) {
      try {
        clusterUid = api.get(ClusterIdentity.NAMESPACE).map(KubernetesObject::uid).orElse("");
      } catch (KubernetesClientException e) {
        LOG.warn("the UID of the namespace kube-system is not known yet: {}", e.getMessage());
      }
    }
    return !clusterUid.isEmpty();
  }

  @Override
  public List<GovernancePolicy> policies() {
    return policies.get();
  }

  @Override
  public AcceleratorCatalogue accelerators() {
    return accelerators.get();
  }

  @Override
  public Surroundings surroundings() {
    return surroundings.get();
  }

  @Override
  public Lookup<List<KubernetesObject>> approvals(String namespace) {
    return new Lookup.Found<>(
        approvalInformer.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace).stream()
            .map(CompactStore::object)
            .toList());
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

  private void tell(ObjectKey changed) {
    listeners.forEach(listener -> listener.accept(changed));
  }

  @Override
  public void close() {
    policyInformer.stop();
    classInformer.stop();
    approvalInformer.stop();
    surroundings.close();
  }

  private static <T> List<T> read(
      SharedIndexInformer<GenericKubernetesResource> informer,
      Function<KubernetesObject, T> reader) {
    return informer.getStore().list().stream()
        .map(CompactStore::object)
        .sorted(Comparator.comparing(KubernetesObject::name))
        .map(reader)
        .toList();
  }

  /** Tells what is derived from a store, and the listeners, that the store changed. */
  private final class Changes implements ResourceEventHandler<GenericKubernetesResource> {
    private final Runnable forget;

    private Changes(Runnable forget) {
      this.forget = forget;
    }

    @Override
    public void onAdd(GenericKubernetesResource added) {
      changed(added);
    }

    @Override
    public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource updated) {
      if (says(old).equals(says(updated))) {
        forget.run();
      } else {
        changed(updated);
      }
    }

    /** What verdicts read of it: not its status, and whoever writes a status is not woken by it. */
    private List<Object> says(GenericKubernetesResource resource) {
      var metadata = resource.getMetadata();
      return List.of(
          Optional.ofNullable(metadata.getUid()),
          Optional.ofNullable(metadata.getGeneration()),
          Optional.ofNullable(metadata.getAnnotations()));
    }

    @Override
    public void onDelete(GenericKubernetesResource deleted, boolean finalStateUnknown) {
      changed(deleted);
    }

    private void changed(GenericKubernetesResource resource) {
      forget.run();
      var metadata = resource.getMetadata();
      String namespace = metadata.getNamespace() == null ? "" : metadata.getNamespace();
      ObjectKey key =
          new ObjectKey(Api.API_VERSION, resource.getKind(), namespace, metadata.getName());
      tell(key);
    }
  }
}
