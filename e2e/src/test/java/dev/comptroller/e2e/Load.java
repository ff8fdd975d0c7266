package dev.comptroller.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few users who keep asking the API server whether they may create a signed and an unsigned
 * object, one request after the other, and take the first answer that they get.
 */
final class Load implements AutoCloseable {
  private static final int USERS = 4;
  private static final long PAUSE_MILLIS = 20;

  private final KubernetesClient client;
  private final ObjectNode signed;
  private final ObjectNode unsigned;
  private final AtomicInteger reviews = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final ExecutorService users = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean ended;

  private Load(KubernetesClient client, ObjectNode signed, ObjectNode unsigned) {
    this.client = client;
    this.signed = signed;
    this.unsigned = unsigned;
  }

  /** Starts asking through a client that does not ask again by itself. */
  static Load start(KubernetesClient impatient, ObjectNode signed, ObjectNode unsigned) {
    Load load = new Load(impatient, signed, unsigned);
    for (int user = 0; user < USERS; user++) {
      load.users.execute(load::ask);
    }
    return load;
  }

  /** How many reviews there were. */
  int reviews() {
    return reviews.get();
  }

  /** Reviews that ended in anything but the right verdict, with their time. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  private void ask() {
    while (!ended) {
      Verdict allowed = verdict(signed);
      if (!allowed.allowed()) {
        failures.add(Instant.now() + " signed: " + allowed.message());
      }
      Verdict refused = verdict(unsigned);
      if (refused.code() != 403 || !refused.message().contains("Unsigned")) {
        failures.add(Instant.now() + " unsigned: " + refused.code() + " " + refused.message());
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Verdict verdict(ObjectNode object) {
    reviews.incrementAndGet();
    return Verdict.on(() -> Team.resource(client, object).dryRun().create());
  }

  @Override
  public void close() {
    ended = true;
    users.close();
  }
}
