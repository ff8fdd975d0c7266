package dev.comptroller.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.ZonedDateTime;

/** The lease by which replicas elect their leader, as one of them sees it. */
final class LeaderLease {
  private static final String NOBODY = "";

  /** The shortest that a lease may be. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final LeaseLock lock;

  /**
   * The lease.
   *
   * @param identity by which this replica calls itself, and no other does
   */
  LeaderLease(String namespace, String name, String identity) {
    this.lock = new LeaseLock(namespace, name, identity);
  }

  /** Gives it up where this replica holds it, so that another need not wait until it runs out. */
  void release(KubernetesClient client, ZonedDateTime now) {
    LeaderElectionRecord held = lock.get(client);
    if (held != null && lock.identity().equals(held.getHolderIdentity())) {
      lock.update(
          client,
          new LeaderElectionRecord(NOBODY, SHORTEST, now, now, held.getLeaderTransitions()));
    }
  }
}
