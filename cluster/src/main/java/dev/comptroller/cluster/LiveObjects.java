package dev.comptroller.cluster;

import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.Lookup;
import dev.comptroller.core.object.ObjectKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Objects asked of the API server when they are needed. Those who ask for the same object at the
 * same time share one request, and only so many requests run at once. Nothing is remembered: a pod
 * is judged by its owner as it is now.
 */
final class LiveObjects {
  private static final int REQUESTS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RawApi api;
  private final Semaphore requests = new Semaphore(REQUESTS);
  private final Map<ObjectKey, CompletableFuture<Lookup<KubernetesObject>>> running =
      new ConcurrentHashMap<>();

  LiveObjects(KubernetesClient client) {
    this.api = new RawApi(client);
  }

  /** The object as the API server holds it. */
  Lookup<KubernetesObject> get(ObjectKey key) {
    CompletableFuture<Lookup<KubernetesObject>> own = new CompletableFuture<>();
    CompletableFuture<Lookup<KubernetesObject>> other = running.putIfAbsent(key, own);
    try {
      if (other != null) {
        return other.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
      Lookup<KubernetesObject> answer = ask(key);
      own.complete(answer);
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Lookup.Unavailable<>("interrupted");
    } catch (TimeoutException e) {
      return new Lookup.Unavailable<>("no answer within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException e) {
      return new Lookup.Unavailable<>("the request failed");
    } finally {
      if (other == null) {
        running.remove(key, own);
        own.complete(new Lookup.Unavailable<>("the request failed"));
      }
    }
  }

  private Lookup<KubernetesObject> ask(ObjectKey key) throws InterruptedException {
    if (!requests.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      return new Lookup.Unavailable<>("too many requests at once");
    }
    try {
      return api.get(key)
          .<Lookup<KubernetesObject>>map(Lookup.Found::new)
          .orElseGet(Lookup.Missing::new);
    } catch (KubernetesClientException e) {
      return new Lookup.Unavailable<>("the API server answered " + e.getCode());
    } catch (IllegalArgumentException e) {
      return new Lookup.Unavailable<>("the answer cannot be read: " + e.getMessage());
    } finally {
      requests.release();
    }
  }
}
