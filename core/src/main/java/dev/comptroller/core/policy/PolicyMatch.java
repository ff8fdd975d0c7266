package dev.comptroller.core.policy;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.NamespaceSelection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which policies govern a namespace: exact names, no pattern that a tenant could take. */
public final class PolicyMatch {
  private static final String EVERY_NAMESPACE = "*";

  private PolicyMatch() {}

  /** The policies that govern the namespace, in the order given. All of them must allow. */
  public static List<GovernancePolicy> governing(
      List<GovernancePolicy> policies, String namespace) {
    return policies.stream()
        .filter(policy -> selects(policy.getSpec().namespaces(), namespace))
        .toList();
  }

  /**
   * Whether a selection holds a namespace; exclusion wins. A policy that selects nothing holds
   * none.
   */
  public static boolean selects(@Nullable NamespaceSelection selection, String namespace) {
    return selection != null
        && !selection.exclude().contains(namespace)
        && (selection.include().contains(EVERY_NAMESPACE)
            || selection.include().contains(namespace));
  }
}
