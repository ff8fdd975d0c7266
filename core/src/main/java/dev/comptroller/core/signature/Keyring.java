package dev.comptroller.core.signature;

import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.policy.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys a policy trusts, and what it revoked. Making one parses every key: make it once for a
 * version of a policy.
 */
public final class Keyring {
  private final Map<String, TrustedHolder> holdersByKeyId;
  private final Set<Digest> revoked;
  private final List<Finding> keyProblems;
  private final List<Finding> revocationProblems;

  private Keyring(
      Map<String, TrustedHolder> holdersByKeyId,
      Set<Digest> revoked,
      List<Finding> keyProblems,
      List<Finding> revocationProblems) {
    this.holdersByKeyId = holdersByKeyId;
    this.revoked = revoked;
    this.keyProblems = keyProblems;
    this.revocationProblems = revocationProblems;
  }

  /** The keys of a policy's authorities. A key that cannot be used is a problem, not a key. */
  public static Keyring of(GovernancePolicySpec policy) {
    KeyListing listing = new KeyListing();
    listing.addAll(policy.authorities());
    Set<Digest> revoked = new HashSet<>();
    List<Finding> revocationProblems = new ArrayList<>();
    for (int i = 0; i < policy.revoked().size(); i++) {
      try {
        revoked.add(new Digest(policy.revoked().get(i)));
      } catch (IllegalArgumentException e) {
        revocationProblems.add(
            KeyListing.problem(
                "/spec/revoked/" + i,
                policy.revoked().get(i),
                "sha256:<64 lower-case hex digits> of a key, statement or approval",
                ""));
      }
    }
    return new Keyring(
        listing.holdersByKeyId(), Set.copyOf(revoked), listing.problems(), revocationProblems);
  }

  /** What is wrong with the policy's keys and revocations, each naming its line. */
  public List<Finding> problems() {
    List<Finding> problems = new ArrayList<>(keyProblems);
    problems.addAll(revocationProblems);
    return List.copyOf(problems);
  }

  /**
   * Everyone who could sign for these authorities: one entry a person, in the order of the policy,
   * revoked keys left out.
   */
  public List<Signer> eligible(Collection<String> authorities) {
    Map<String, Signer> persons = new LinkedHashMap<>();
    for (String authority : authorities) {
      for (TrustedHolder holder : trustedBy(List.of(authority))) {
        if (!isRevoked(holder.key().digest())) {
          persons.putIfAbsent(
              holder.person(),
              new Signer(holder.person(), holder.organization(), holder.keyName(), authority));
        }
      }
    }
    return List.copyOf(persons.values());
  }

  /** Revocations that cannot be read: while there are any, nothing is known not to be revoked. */
  List<Finding> revocationProblems() {
    return List.copyOf(revocationProblems);
  }

  /** Whether the policy revoked the key, statement or object with this digest. */
  boolean isRevoked(Digest digest) {
    return revoked.contains(digest);
  }

  /** The holder of the key that an envelope claims to be signed with. */
  Optional<TrustedHolder> claimedBy(Envelope envelope) {
    return envelope.keyId().map(holdersByKeyId::get);
  }

  /** The holders of all keys that these authorities trust, revoked ones included. */
  List<TrustedHolder> trustedBy(Collection<String> authorities) {
    return holdersByKeyId.values().stream()
        .filter(holder -> holder.authorities().stream().anyMatch(authorities::contains))
        .toList();
  }
}
