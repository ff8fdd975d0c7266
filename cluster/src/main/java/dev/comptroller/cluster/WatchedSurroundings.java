package dev.comptroller.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.workload.ObjectsOfKind;
import dev.comptroller.core.workload.Surroundings;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What prices depend on beside the objects themselves, held in memory without what no price reads.
 * The cluster is asked again for a kind that it lacks, which counts from when it is installed.
 */
final class WatchedSurroundings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedSurroundings.class);
  private static final Duration ASKED_AGAIN = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final List<Watched> kinds;
  private final Thread starter;

  /**
   * Starts to watch; {@link #synced()} tells when all is known.
   *
   * @param onChange called with the key of what may have made a run or deployment dearer
   */
  WatchedSurroundings(KubernetesClient client, Consumer<ObjectKey> onChange) {
    this.client = client;
    this.kinds =
        SurroundingKind.ALL.stream().map(kind -> new Watched(kind, client, onChange)).toList();
    this.starter =
        Thread.ofPlatform().daemon().name("surroundings").start(this::watchWhatIsInstalled);
  }

  private void watchWhatIsInstalled() {
    while (!kinds.stream().allMatch(each -> each.started)) {
      try {
        kinds.forEach(each -> each.startIfInstalled(client));
      } catch (KubernetesClientException e) {
        LOG.warn("which kinds are installed is not known yet: {}", e.getMessage());
      }
      try {
        Thread.sleep(ASKED_AGAIN);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Whether of each kind all objects are known, or that the cluster lacks it. */
  boolean synced() {
    return kinds.stream().allMatch(Watched::settled);
  }

  /** All that is there. */
  Surroundings get() {
    Map<String, ObjectsOfKind> objects = new HashMap<>();
    for (Watched each : kinds) {
      objects.put(each.kind.groupAndKind(), each.objects.get());
    }
    return new Surroundings(
        objects, synced(), Set.of(), Optional.empty(), Duration.ZERO, Optional.empty());
  }

  @Override
  public void close() {
    starter.interrupt();
    kinds.forEach(each -> each.informer.stop());
  }

  private static final class Watched implements ResourceEventHandler<GenericKubernetesResource> {
    private final SurroundingKind kind;
    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private final Remembered<ObjectsOfKind> objects;
    private final Consumer<ObjectKey> onChange;
    private boolean started;
    private volatile boolean lacking;

    Watched(SurroundingKind kind, KubernetesClient client, Consumer<ObjectKey> onChange) {
      this.kind = kind;
      this.onChange = onChange;
      var resources = client.genericKubernetesResources(kind.context());
      this.informer =
          (kind.namespaced()
                  ? resources.inAnyNamespace().runnableInformer(0)
                  : resources.runnableInformer(0))
              .itemStore(new CompactStore(kind::reduce))
              .exceptionHandler((isStarted, error) -> true);
      this.objects =
          new Remembered<>(
              () ->
                  new ObjectsOfKind(
                      informer.getStore().list().stream().map(CompactStore::object).toList()));
      informer.addEventHandler(this);
    }

    void startIfInstalled(KubernetesClient client) {
      if (started) {
        return;
      }
      started = client.supports(kind.apiVersion(), kind.kind());
      if (started) {
        informer.start();
      } else {
        lacking = true;
      }
    }

    /** What was lacking holds nobody up while it is read for the first time. */
    boolean settled() {
      return lacking || informer.hasSynced();
    }

    @Override
    public void onAdd(GenericKubernetesResource added) {
      changed(added);
    }

    @Override
    public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource updated) {
      // Nodes report that they live; only what a price reads is a change.
      if (!Objects.equals(read(old), read(updated))) {
        changed(updated);
      }
    }

    @Override
    public void onDelete(GenericKubernetesResource deleted, boolean finalStateUnknown) {
      changed(deleted);
    }

    private ObjectNode read(GenericKubernetesResource resource) {
      ObjectNode json = CompactStore.object(resource).json();
      kind.reduce(json);
      json.withObject("/metadata").remove(List.of("resourceVersion", "managedFields"));
      return json;
    }

    private void changed(GenericKubernetesResource resource) {
      objects.forget();
      if (kind.makesDearer()) {
        onChange.accept(CompactStore.object(resource).key());
      }
    }
  }
}
