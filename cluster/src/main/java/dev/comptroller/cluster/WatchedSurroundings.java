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
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What prices depend on beside the objects themselves, held in memory without what no price reads.
 * A kind that the cluster lacks is tried again, so that it counts from when it is installed.
 */
final class WatchedSurroundings implements AutoCloseable {
  private final List<Watched> kinds;

  /**
   * Starts to watch; {@link #synced()} tells when all is known.
   *
   * @param onChange called with the key of what may have made a run or deployment dearer
   */
  WatchedSurroundings(KubernetesClient client, Consumer<ObjectKey> onChange) {
    this.kinds =
        SurroundingKind.ALL.stream().map(kind -> new Watched(kind, client, onChange)).toList();
    kinds.forEach(Watched::start);
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
    kinds.forEach(each -> each.informer.stop());
  }

  private static final class Watched implements ResourceEventHandler<GenericKubernetesResource> {
    private final SurroundingKind kind;
    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private final Remembered<ObjectsOfKind> objects;
    private final Consumer<ObjectKey> onChange;
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
              .exceptionHandler((started, error) -> isTriedAgain(error));
      this.objects =
          new Remembered<>(
              () ->
                  new ObjectsOfKind(
                      informer.getStore().list().stream().map(CompactStore::object).toList()));
      informer.addEventHandler(this);
    }

    void start() {
      informer.start();
    }

    boolean settled() {
      return lacking || informer.hasSynced();
    }

    private boolean isTriedAgain(Throwable error) {
      lacking =
          Stream.iterate(error, Objects::nonNull, Throwable::getCause)
              .anyMatch(
                  cause ->
                      cause instanceof KubernetesClientException answer
                          && answer.getCode() == HttpURLConnection.HTTP_NOT_FOUND);
      return true;
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
