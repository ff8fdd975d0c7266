package dev.comptroller.core.signature;

import static dev.comptroller.core.signature.Person.authority;
import static dev.comptroller.core.signature.Person.keyring;
import static dev.comptroller.core.signature.SignedRun.CLUSTER;
import static dev.comptroller.core.signature.SignedRun.NOW;
import static dev.comptroller.core.signature.SignedRun.code;
import static dev.comptroller.core.signature.SignedRun.run;
import static dev.comptroller.core.signature.SignedRun.withKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.api.v1alpha1.Authority;
import dev.comptroller.api.v1alpha1.TrustedKey;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObjectSignaturesTest {
  private final Person alice = Person.of("alice", "research");
  private final Person bob = Person.of("bob", "safety", KeyAlgorithm.Ed25519);
  private final Person carol = Person.of("carol", "board");
  private final Keyring keyring =
      keyring(authority("ml-release", alice, bob), authority("approvers", carol));

  private final KubernetesObject run = run("nlp", "sft", "A100");

  @Test
  void an_unsigned_run_is_refused_with_the_command_that_signs_it() {
    assertThat(verify(run).findings())
        .containsExactly(
            new Finding(
                ReasonCode.Unsigned,
                "/metadata/annotations/comptroller.dev~1signature",
                "no signature",
                "signatures of 1 person(s) of ml-release",
                "kubectl-comptroller sign -f FILE --key PEM"));
  }

  @Test
  void a_signed_run_names_its_signer() {
    SignatureVerdict verdict = verify(alice.sign(run));

    assertThat(verdict.met()).isTrue();
    assertThat(verdict.signers())
        .containsExactly(new Signer("alice", "research", "alice-2026", "ml-release"));
  }

  @Test
  void the_annotation_without_a_signer_counts_like_any_other() {
    String envelope = bob.envelope(run, StatementTerms.UNLIMITED);

    assertThat(verify(Person.annotate(run, Api.SIGNATURE_ANNOTATION, envelope)).met()).isTrue();
    assertThat(verify(Person.annotate(run, Api.SIGNATURE_ANNOTATION + "s", envelope)).met())
        .isFalse();
  }

  @Test
  void two_signers_are_two_persons() {
    assertThat(verify(alice.sign(run), 2).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(ReasonCode.SignerNotTrusted);
              assertThat(finding.found()).isEqualTo("1 (alice)");
            });
    assertThat(verify(bob.sign(alice.sign(run)), 2).met()).isTrue();
  }

  @Test
  void one_person_with_two_keys_is_one() {
    Person again = alice.withAnotherKey();
    Keyring both =
        keyring(
            new Authority("ml-release", List.of(alice.trusted(), again.trustedAs("alice-laptop"))));
    KubernetesObject twice =
        Person.annotate(
            alice.sign(run),
            Api.SIGNATURE_ANNOTATION + ".laptop",
            again.envelope(run, StatementTerms.UNLIMITED));

    SignatureVerdict verdict = SignedRun.verify(twice, both, 2, CLUSTER, NOW);

    assertThat(verdict.met()).isFalse();
    assertThat(verdict.signers()).extracting(Signer::person).containsExactly("alice");
  }

  @Test
  void one_key_listed_for_two_persons_is_one() {
    TrustedKey asMallory =
        new TrustedKey("mallory", "mallory", "research", alice.key().publicKey().toPem());
    Keyring both = keyring(new Authority("ml-release", List.of(alice.trusted(), asMallory)));
    KubernetesObject twice =
        Person.annotate(
            alice.sign(run),
            Api.SIGNATURE_ANNOTATION,
            alice.envelope(run, terms(NOW.minusSeconds(1), NOW.plusSeconds(1))));

    assertThat(SignedRun.verify(twice, both, 2, CLUSTER, NOW).met()).isFalse();
    assertThat(both.problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.pointer()).isEqualTo("/spec/authorities/0/keys/1/publicKey"));
  }

  @Test
  void a_signature_by_an_unknown_key_is_not_trusted() {
    Person mallory = Person.of("alice", "research");

    assertThat(code(verify(mallory.sign(run)))).isEqualTo(ReasonCode.SignerNotTrusted);
  }

  @Test
  void a_signature_by_a_person_of_another_authority_is_not_trusted() {
    assertThat(verify(carol.sign(run)).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(ReasonCode.SignerNotTrusted);
              assertThat(finding.found()).isEqualTo("a signature by carol of approvers");
            });
  }

  @Test
  void a_plan_changed_after_signing_is_refused_with_both_digests() {
    KubernetesObject changed =
        Person.annotate(
            run("nlp", "sft", "H100"),
            Api.SIGNATURE_ANNOTATION,
            alice.envelope(run, StatementTerms.UNLIMITED));

    assertThat(verify(changed).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(ReasonCode.SignatureInvalid);
              assertThat(finding.found()).contains(shortDigest(run));
              assertThat(finding.required()).contains(shortDigest(changed));
              assertThat(finding.nextStep()).contains("changed after alice signed it");
            });
  }

  @Test
  void a_signature_of_another_object_counts_for_no_other() {
    for (KubernetesObject sibling :
        List.of(
            run("nlp", "other", "A100"),
            run("vision", "sft", "A100"),
            withKind(run, "comptroller.dev/v1alpha1", "ModelDeployment"),
            withKind(run, "other.dev/v1alpha1", "TrainingRun"),
            withKind(run, "v1", "TrainingRun"))) {
      KubernetesObject copied =
          Person.annotate(
              sibling, Api.SIGNATURE_ANNOTATION, alice.envelope(run, StatementTerms.UNLIMITED));
      assertThat(code(verify(copied)))
          .as(sibling.json().toString())
          .isEqualTo(ReasonCode.SignatureInvalid);
    }
  }

  @Test
  void a_signature_for_another_cluster_is_refused() {
    KubernetesObject bound = alice.sign(run, cluster(CLUSTER));

    assertThat(verify(bound).met()).isTrue();
    assertThat(code(SignedRun.verify(bound, keyring, 1, "another", NOW)))
        .isEqualTo(ReasonCode.SignatureInvalid);
    assertThat(SignedRun.verify(bound, keyring, 1, "", NOW).met()).isFalse();
  }

  @Test
  void a_signature_holds_from_not_before_until_just_before_expires() {
    Instant start = NOW;
    Instant end = NOW.plus(Duration.ofHours(1));
    KubernetesObject signed = alice.sign(run, terms(start, end));

    assertThat(code(at(signed, start.minusNanos(1)))).isEqualTo(ReasonCode.SignatureExpired);
    assertThat(at(signed, start).met()).isTrue();
    assertThat(at(signed, end.minusNanos(1)).met()).isTrue();
    assertThat(code(at(signed, end))).isEqualTo(ReasonCode.SignatureExpired);
    assertThat(at(signed, Instant.MAX)).as("the same words at any time").isEqualTo(at(signed, end));
  }

  @Test
  void a_revoked_key_statement_or_plan_counts_no_more() throws Exception {
    KubernetesObject signed = alice.sign(run);
    byte[] payload = Envelope.read(alice.envelope(run, StatementTerms.UNLIMITED)).payload();

    for (Digest revoked :
        List.of(
            alice.key().publicKey().digest(), Digest.of(payload), NormalForm.of(run).digest())) {
      Keyring revoking =
          Keyring.of(
              Person.trusting(List.of(revoked.value()), authority("ml-release", alice, bob)));
      assertThat(code(SignedRun.verify(signed, revoking, 1, CLUSTER, NOW)))
          .isEqualTo(ReasonCode.Revoked);
    }
  }

  @Test
  void a_revocation_that_cannot_be_read_refuses_everything() {
    Keyring unclear =
        Keyring.of(Person.trusting(List.of("sha256:ABC"), authority("ml-release", alice)));

    assertThat(SignedRun.verify(alice.sign(run), unclear, 1, CLUSTER, NOW).findings())
        .extracting(Finding::pointer)
        .containsExactly("/spec/revoked/0");
  }

  @Test
  void signatures_that_do_not_count_never_outweigh_one_that_does() {
    KubernetesObject signed = alice.sign(run);
    KubernetesObject crowded =
        Person.annotate(
            carol.sign(Person.of("mallory", "").sign(signed)),
            Api.SIGNATURE_ANNOTATION,
            "not an envelope");

    assertThat(verify(crowded).met()).isTrue();
    assertThat(verify(crowded, 2).findings())
        .extracting(Finding::code)
        .containsExactlyInAnyOrder(
            ReasonCode.SignerNotTrusted,
            ReasonCode.SignatureInvalid,
            ReasonCode.SignerNotTrusted,
            ReasonCode.SignerNotTrusted);
  }

  @Test
  void a_swapped_hint_changes_nothing() {
    String swapped =
        alice
            .envelope(run, StatementTerms.UNLIMITED)
            .replace(alice.key().publicKey().keyId(), bob.key().publicKey().keyId());

    assertThat(verify(Person.annotate(run, Api.SIGNATURE_ANNOTATION, swapped)).signers())
        .extracting(Signer::person)
        .containsExactly("alice");
  }

  @Test
  void a_broken_signature_is_told_apart_from_an_unknown_signer() {
    String mallorys =
        Person.of("mallory", "")
            .envelope(run, StatementTerms.UNLIMITED)
            .replaceAll(
                "\"keyid\":\"[^\"]*\"", "\"keyid\":\"" + alice.key().publicKey().keyId() + "\"");

    assertThat(code(verify(Person.annotate(run, Api.SIGNATURE_ANNOTATION, mallorys))))
        .isEqualTo(ReasonCode.SignatureInvalid);
  }

  @Test
  void more_signatures_than_anyone_needs_are_refused_unread() {
    KubernetesObject crowded = alice.sign(run);
    for (int i = 0; i < ObjectSignatures.MAX_SIGNATURES; i++) {
      crowded = Person.annotate(crowded, Api.SIGNATURE_ANNOTATION + "." + i, "{}");
    }

    assertThat(verify(crowded).findings())
        .extracting(Finding::found)
        .containsExactly("33 signatures");
  }

  @Test
  void signatures_that_name_no_key_cannot_keep_the_verifier_busy() {
    Person[] colleagues =
        IntStream.range(0, 20)
            .mapToObj(i -> Person.of("colleague-" + i, "research"))
            .toArray(Person[]::new);
    Keyring crowd = keyring(authority("ml-release", colleagues), authority("approvers", alice));
    String anonymous =
        Person.of("mallory", "")
            .envelope(run, StatementTerms.UNLIMITED)
            .replaceAll("\"keyid\":\"[^\"]*\",", "");
    KubernetesObject crowded = run;
    for (int i = 0; i < 20; i++) {
      crowded = Person.annotate(crowded, Api.SIGNATURE_ANNOTATION + "." + i, anonymous);
    }

    assertThat(SignedRun.verify(crowded, crowd, 1, CLUSTER, NOW).findings())
        .extracting(Finding::found)
        .contains("signatures that do not name their keys, more than 256 checks");
    assertThat(SignedRun.verify(colleagues[19].sign(crowded), crowd, 1, CLUSTER, NOW).met())
        .isTrue();
  }

  @Test
  void an_object_without_a_name_cannot_be_signed() {
    KubernetesObject nameless = run("nlp", "", "A100");

    assertThatThrownBy(() -> alice.sign(nameless)).hasMessageContaining("metadata.name");
    assertThat(
            code(
                verify(
                    Person.annotate(
                        nameless,
                        Api.SIGNATURE_ANNOTATION,
                        alice.envelope(run, StatementTerms.UNLIMITED)))))
        .isEqualTo(ReasonCode.InvalidObject);
  }

  private SignatureVerdict verify(KubernetesObject object) {
    return verify(object, 1);
  }

  private SignatureVerdict verify(KubernetesObject object, int signers) {
    return SignedRun.verify(object, keyring, signers, CLUSTER, NOW);
  }

  private SignatureVerdict at(KubernetesObject object, Instant now) {
    return SignedRun.verify(object, keyring, 1, CLUSTER, now);
  }

  private static String shortDigest(KubernetesObject object) {
    return NormalForm.of(object).digest().value().substring(0, 19);
  }

  private static StatementTerms terms(Instant notBefore, Instant expires) {
    return new StatementTerms(
        Optional.of(notBefore), Optional.of(expires), OptionalLong.empty(), Optional.empty());
  }

  private static StatementTerms cluster(String uid) {
    return new StatementTerms(
        Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.of(uid));
  }
}
