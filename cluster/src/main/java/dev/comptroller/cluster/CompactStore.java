package dev.comptroller.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An informer's memory, as JSON bytes without the record of who manages which field. */
public final class CompactStore implements ItemStore<GenericKubernetesResource> {
  static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, byte[]> items = new ConcurrentHashMap<>();
  private final Consumer<ObjectNode> reduce;

  /** Keeps objects whole. */
  public CompactStore() {
    this(whole -> {});
  }

  /**
   * @param reduce drops what nobody reads, in place
   */
  CompactStore(Consumer<ObjectNode> reduce) {
    this.reduce = reduce;
  }

  /** The object as what the rules read. */
  static KubernetesObject object(GenericKubernetesResource resource) {
    ObjectNode json = JSON.valueToTree(resource);
    return new KubernetesObject(json);
  }

  @Override
  public String getKey(GenericKubernetesResource resource) {
    return Cache.metaNamespaceKeyFunc(resource);
  }

  @Override
  public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource resource) {
    return read(items.put(key, write(resource)));
  }

  @Override
  public @Nullable GenericKubernetesResource remove(String key) {
    return read(items.remove(key));
  }

  @Override
  public Stream<String> keySet() {
    return items.keySet().stream();
  }

  @Override
  public Stream<GenericKubernetesResource> values() {
    return items.values().stream().map(CompactStore::read);
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public @Nullable GenericKubernetesResource get(String key) {
    return read(items.get(key));
  }

  private byte[] write(GenericKubernetesResource resource) {
    try {
      ObjectNode tree = JSON.valueToTree(resource);
      if (tree.path("metadata") instanceof ObjectNode metadata) {
        metadata.remove("managedFields");
      }
      reduce.accept(tree);
      return JSON.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable GenericKubernetesResource read(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return JSON.readValue(bytes, GenericKubernetesResource.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
