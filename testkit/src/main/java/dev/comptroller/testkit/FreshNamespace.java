package dev.comptroller.testkit;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** A namespace that belongs to one test class and is deleted after it. */
public final class FreshNamespace implements AutoCloseable {
  private static final int MAX_PREFIX = 40;

  private final KubernetesClient admin;
  private final String name;

  private FreshNamespace(KubernetesClient admin, String name) {
    this.admin = admin;
    this.name = name;
  }

  /** Creates a namespace whose name starts like the given one. */
  public static FreshNamespace create(KubernetesClient admin, String hint) {
    String prefix =
        hint.replaceAll("([a-z])([A-Z])", "$1-$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-");
    String name =
        prefix.substring(0, Math.min(prefix.length(), MAX_PREFIX))
            + "-"
            + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36), 36);
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return new FreshNamespace(admin, name);
  }

  public String name() {
    return name;
  }

  /** Asks for its deletion and does not wait for it. */
  @Override
  public void close() {
    admin.namespaces().withName(name).delete();
  }

  @Override
  public String toString() {
    return name;
  }
}
