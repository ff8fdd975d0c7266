package dev.comptroller.operator.wiring;

import dev.comptroller.api.v1alpha1.SecretMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;

/**
 * Looks whether named Secrets exist, in the namespaces where the operator has been given that
 * right.
 */
public final class Secrets {
  private final KubernetesClient client;
  private final Set<String> namespaces;

  public Secrets(KubernetesClient client, Set<String> namespaces) {
    this.client = client;
    this.namespaces = Set.copyOf(namespaces);
  }

  /** Whether these Secrets exist; one request each. */
  public SecretCheck check(String namespace, List<SecretMount> named) {
    if (named.isEmpty()) {
      return new SecretCheck.NoneNamed();
    }
    if (!namespaces.contains(namespace)) {
      return new SecretCheck.NotChecked();
    }
    List<String> missing =
        named.stream()
            .map(SecretMount::name)
            .filter(name -> client.secrets().inNamespace(namespace).withName(name).get() == null)
            .toList();
    return missing.isEmpty()
        ? new SecretCheck.Present(named.size())
        : new SecretCheck.Missing(missing);
  }
}
