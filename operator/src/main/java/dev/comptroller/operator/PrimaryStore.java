package dev.comptroller.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * An informer's memory without the record of who manages which field: nobody here reads it, and it
 * is as large as the rest of an object.
 */
final class PrimaryStore<P extends HasMetadata> extends BasicItemStore<P> {
  PrimaryStore() {
    super(Cache::metaNamespaceKeyFunc);
  }

  @Override
  public @Nullable P put(String key, P resource) {
    resource.getMetadata().setManagedFields(null);
    return super.put(key, resource);
  }
}
