package dev.comptroller.core.signature;

import dev.comptroller.api.v1alpha1.Authority;
import dev.comptroller.api.v1alpha1.TrustedKey;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.NextStep;
import dev.comptroller.core.policy.ReasonCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the keys of a policy in their order. The first listing of a key decides who holds it, the
 * first listing of a person which organization counts: nobody counts twice for being listed twice.
 */
final class KeyListing {
  private final Map<String, TrustedHolder> holdersByKeyId = new LinkedHashMap<>();
  private final Map<String, String> organizations = new LinkedHashMap<>();
  private final Map<String, String> spellings = new LinkedHashMap<>();
  private final List<Finding> problems = new ArrayList<>();

  static Finding problem(String pointer, String found, String required, String nextStep) {
    return new Finding(ReasonCode.InvalidPolicy, pointer, found, required, nextStep);
  }

  Map<String, TrustedHolder> holdersByKeyId() {
    return Collections.unmodifiableMap(holdersByKeyId);
  }

  List<Finding> problems() {
    return List.copyOf(problems);
  }

  void addAll(List<Authority> authorities) {
    for (int i = 0; i < authorities.size(); i++) {
      List<TrustedKey> keys = authorities.get(i).keys();
      for (int j = 0; j < keys.size(); j++) {
        add(authorities.get(i).name(), keys.get(j), "/spec/authorities/" + i + "/keys/" + j);
      }
    }
  }

  private void add(String authority, TrustedKey listed, String pointer) {
    VerificationKey key;
    try {
      key = VerificationKey.fromPem(listed.publicKey() == null ? "" : listed.publicKey());
    } catch (FormatException e) {
      problems.add(problem(pointer + "/publicKey", e.found(), e.required(), NextStep.KEYGEN));
      return;
    }
    if (listed.person() == null || listed.person().isBlank()) {
      problems.add(problem(pointer + "/person", "nobody", "the person who holds the key", ""));
      return;
    }
    TrustedHolder known = holdersByKeyId.get(key.keyId());
    if (known == null) {
      String organization = organizationOf(listed, pointer);
      checkSpelling(listed.person(), pointer);
      known = new TrustedHolder(key, listed.name(), listed.person(), organization, List.of());
    } else if (!known.person().equals(listed.person())) {
      problems.add(
          problem(
              pointer + "/publicKey",
              "the key of " + known.person() + " listed for " + listed.person(),
              "one person a key",
              NextStep.KEYGEN));
    }
    holdersByKeyId.put(key.keyId(), trustedToo(known, authority));
  }

  private static TrustedHolder trustedToo(TrustedHolder holder, String authority) {
    List<String> authorities = new ArrayList<>(holder.authorities());
    if (!authorities.contains(authority)) {
      authorities.add(authority);
    }
    return new TrustedHolder(
        holder.key(), holder.keyName(), holder.person(), holder.organization(), authorities);
  }

  private String organizationOf(TrustedKey listed, String pointer) {
    String organization = listed.organization() == null ? "" : listed.organization();
    String first = organizations.putIfAbsent(listed.person(), organization);
    if (first != null && !first.equals(organization)) {
      problems.add(
          problem(
              pointer + "/organization",
              "\"" + organization + "\" for " + listed.person(),
              "\"" + first + "\", as for the person's first key",
              ""));
    }
    return first == null ? organization : first;
  }

  private void checkSpelling(String person, String pointer) {
    String first = spellings.putIfAbsent(person.strip().toLowerCase(Locale.ROOT), person);
    if (first != null && !first.equals(person)) {
      problems.add(
          problem(
              pointer + "/person",
              "\"" + person + "\" beside \"" + first + "\"",
              "one spelling for one person",
              ""));
    }
  }
}
