package dev.comptroller.core.signature;

/**
 * A person whose signature counts. Persons count, not keys.
 *
 * @param person the person, as the policy names the holder of the key
 * @param organization the person's organization; empty where the policy names none
 * @param keyName the key's name in the policy
 * @param authority the first of the required authorities that trusts the key
 */
public record Signer(String person, String organization, String keyName, String authority) {}
