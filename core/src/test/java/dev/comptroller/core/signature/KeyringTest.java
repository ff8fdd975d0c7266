package dev.comptroller.core.signature;

import static dev.comptroller.core.signature.Person.authority;
import static dev.comptroller.core.signature.Person.keyring;
import static dev.comptroller.core.signature.Person.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.api.v1alpha1.Authority;
import dev.comptroller.api.v1alpha1.TrustedKey;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyringTest {
  private final Person alice = Person.of("alice", "research");
  private final Person bob = Person.of("bob", "safety");

  @Test
  void a_key_that_cannot_be_read_is_named_by_its_line_and_the_others_stay() {
    Keyring keyring =
        keyring(
            new Authority(
                "ml-release",
                List.of(
                    alice.trusted(),
                    new TrustedKey("broken", "carol", "board", "-----BEGIN PUBLIC KEY-----"))));

    assertThat(keyring.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(ReasonCode.InvalidPolicy);
              assertThat(problem.pointer()).isEqualTo("/spec/authorities/0/keys/1/publicKey");
            });
    assertThat(keyring.eligible(List.of("ml-release")))
        .extracting(Signer::person)
        .containsExactly("alice");
  }

  @Test
  void a_private_key_in_a_policy_is_refused_and_not_repeated() {
    String secret = alice.key().toPem();
    Keyring keyring =
        keyring(
            new Authority("ml-release", List.of(new TrustedKey("a", "alice", "research", secret))));

    assertThat(keyring.problems())
        .singleElement()
        .extracting(Finding::message)
        .asString()
        .contains("private key")
        .doesNotContain(secret.lines().toList().get(1).substring(0, 12));
  }

  @Test
  void revoked_keys_leave_nobody_eligible() {
    Keyring keyring =
        Keyring.of(
            trusting(
                List.of(alice.key().publicKey().digest().value()),
                authority("ml-release", alice, bob)));

    assertThat(keyring.eligible(List.of("ml-release")))
        .containsExactly(new Signer("bob", "safety", "bob-2026", "ml-release"));
  }

  @Test
  void a_person_in_two_authorities_with_two_keys_is_one() {
    Keyring keyring =
        keyring(authority("ml-release", alice), authority("approvers", alice.withAnotherKey()));

    assertThat(keyring.eligible(List.of("approvers", "ml-release")))
        .containsExactly(new Signer("alice", "research", "alice-2026", "approvers"));
  }

  @Test
  void a_person_has_one_organization_and_one_spelling() {
    Keyring keyring =
        keyring(
            authority("a", alice),
            authority("b", Person.of("alice", "board"), Person.of("Alice ", "research")));

    assertThat(keyring.problems())
        .extracting(Finding::pointer)
        .containsExactly(
            "/spec/authorities/1/keys/0/organization", "/spec/authorities/1/keys/1/person");
    assertThat(keyring.eligible(List.of("b")))
        .filteredOn(signer -> signer.person().equals("alice"))
        .extracting(Signer::organization)
        .containsExactly("research");
  }

  @Test
  void a_key_of_nobody_is_no_key() {
    Keyring keyring = keyring(authority("a", Person.of(" ", "research")));

    assertThat(keyring.eligible(List.of("a"))).isEmpty();
    assertThat(keyring.problems())
        .extracting(Finding::pointer)
        .containsExactly("/spec/authorities/0/keys/0/person");
  }

  @Test
  void a_revocation_that_is_no_digest_is_named_by_its_line() {
    Keyring keyring =
        Keyring.of(trusting(List.of("sha256:" + "0".repeat(64), "alice"), authority("a", alice)));

    assertThat(keyring.problems()).extracting(Finding::pointer).containsExactly("/spec/revoked/1");
  }

  @Test
  void a_keyring_is_made_once_for_the_same_keys_and_revocations() {
    Keyrings keyrings = new Keyrings();
    Authority authority = authority("a", alice);
    Keyring first = keyrings.of(trusting(List.of(), authority));

    assertThat(keyrings.of(trusting(List.of(), authority))).isSameAs(first);
    assertThat(
            keyrings
                .of(trusting(List.of(alice.key().publicKey().digest().value()), authority))
                .eligible(List.of("a")))
        .isEmpty();
  }
}
