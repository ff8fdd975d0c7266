package dev.comptroller.core.signature;

import dev.comptroller.api.v1alpha1.Authority;
import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers the keyrings of the policies in use, since parsing keys costs more than checking a
 * signature. A keyring depends on nothing but the authorities and revocations it is remembered
 * under. Safe for concurrent use.
 */
public final class Keyrings {
  private static final int CAPACITY = 64;

  private final Map<Source, Keyring> remembered =
      new LinkedHashMap<>(CAPACITY, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Keyring> eldest) {
          return size() > CAPACITY;
        }
      };

  /** All that a keyring is made from. */
  private record Source(List<Authority> authorities, List<String> revoked) {}

  /** The keyring of a policy. */
  public Keyring of(GovernancePolicySpec policy) {
    Source source = new Source(policy.authorities(), policy.revoked());
    synchronized (remembered) {
      Keyring known = remembered.get(source);
      if (known != null) {
        return known;
      }
    }
    Keyring made = Keyring.of(policy);
    synchronized (remembered) {
      remembered.put(source, made);
    }
    return made;
  }
}
