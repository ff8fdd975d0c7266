package dev.comptroller.core.signature;

import java.util.List;

/**
 * A key and who holds it. A key has one holder, whatever names it is listed under.
 *
 * @param key the key
 * @param keyName its first name in the policy
 * @param person the person it is first listed for
 * @param organization the person's organization, empty where none is named
 * @param authorities the authorities that trust the key
 */
record TrustedHolder(
    VerificationKey key,
    String keyName,
    String person,
    String organization,
    List<String> authorities) {
  TrustedHolder {
    authorities = List.copyOf(authorities);
  }
}
