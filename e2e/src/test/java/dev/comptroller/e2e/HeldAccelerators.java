package dev.comptroller.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches the pods of a namespace and counts for how long each held its node: from when it was
 * bound, by the API server's record, until it was seen to end or to be gone.
 */
final class HeldAccelerators implements Watcher<Pod>, AutoCloseable {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private record Stay(String owner, Instant bound, Instant left) {
    Duration heldUntil(Instant now) {
      return Duration.between(bound, left.isBefore(now) ? left : now);
    }
  }

  private final Map<String, Stay> stays = new ConcurrentHashMap<>();
  private final Watch watch;

  HeldAccelerators(KubernetesClient client, String namespace) {
    this.watch = client.pods().inNamespace(namespace).watch(this);
  }

  /** Pods that were ever bound, by the label of their Job. */
  Map<String, Long> pods() {
    return stays.values().stream().collect(groupingBy(Stay::owner, counting()));
  }

  /** Seconds that all pods together held their nodes until now. */
  long podSeconds(String jobPrefix) {
    Instant now = Instant.now();
    Collection<Stay> all = stays.values();
    return all.stream()
        .filter(stay -> stay.owner().startsWith(jobPrefix))
        .map(stay -> stay.heldUntil(now))
        .reduce(Duration.ZERO, Duration::plus)
        .toSeconds();
  }

  @Override
  public void eventReceived(Action action, Pod pod) {
    boolean left = action == Action.DELETED || ENDED.contains(pod.getStatus().getPhase());
    pod.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals("PodScheduled"))
        .filter(condition -> condition.getStatus().equals("True"))
        .findFirst()
        .ifPresent(
            condition ->
                stays.merge(
                    pod.getMetadata().getUid(),
                    new Stay(
                        pod.getMetadata().getLabels().getOrDefault("job-name", ""),
                        Instant.parse(condition.getLastTransitionTime()),
                        left ? Instant.now() : Instant.MAX),
                    (before, now) -> before.left().isBefore(now.left()) ? before : now));
  }

  @Override
  public void onClose(WatcherException cause) {
    throw new IllegalStateException("the watch ended while pods were counted", cause);
  }

  @Override
  public void close() {
    watch.close();
  }
}
