package dev.comptroller.core.signature;

import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import dev.comptroller.core.policy.Finding;
import java.util.List;

/** The keys a policy trusts, less what it revoked. */
public final class Keyring {

  private Keyring() {}

  /** The keys of a policy's authorities. Keys that cannot be used are problems, not keys. */
  public static Keyring of(GovernancePolicySpec policy) {
    return new Keyring();
  }

  /** What is wrong with the policy's keys and revocations, each naming its line. */
  public List<Finding> problems() {
    return List.of();
  }
}
