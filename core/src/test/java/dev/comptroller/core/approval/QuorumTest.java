package dev.comptroller.core.approval;

import static dev.comptroller.core.signature.Person.authority;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.api.v1alpha1.ApprovalRequirement;
import dev.comptroller.core.Manifest;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.signature.Keyring;
import dev.comptroller.core.signature.Person;
import dev.comptroller.core.signature.StatementTerms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuorumTest {
  private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  private static final String CLUSTER = "5f0a6b1e-0000-4000-8000-000000000001";

  private final Person alice = Person.of("alice", "research");
  private final Person bob = Person.of("bob", "safety");
  private final Person carol = Person.of("carol", "safety");
  private final Person dave = Person.of("dave", "board");
  private final Keyring keyring = keyring(List.of());

  private final KubernetesObject run =
      Manifest.of(
          """
          apiVersion: comptroller.dev/v1alpha1
          kind: TrainingRun
          metadata: {namespace: nlp, name: sft}
          spec: {purpose: tune}
          """);
  private final Digest plan = NormalForm.of(run).digest();
  private final KubernetesObject unsigned =
      Manifest.of(
          """
          apiVersion: comptroller.dev/v1alpha1
          kind: Approval
          metadata: {namespace: nlp, name: sft-approval}
          spec:
            subject: {kind: TrainingRun, name: sft, planDigest: "%s"}
            gpuHours: "320"
            cluster: %s
            reason: Planned
            notBefore: "2026-10-01T00:00:00Z"
            expires: "2026-10-31T00:00:00Z"
          """
              .formatted(plan, CLUSTER));

  @Test
  void a_missing_approval_is_asked_for_with_the_command_that_gives_it() {
    assertThat(judge(1).findings())
        .containsExactly(
            new Finding(
                ReasonCode.ApprovalMissing,
                "",
                "approvals of 0 person(s)",
                "of 1 person(s) of board, each for 320 GPU-hours and plan " + plan,
                "kubectl-comptroller approve --kind TrainingRun --name sft --namespace nlp"
                    + " --plan-digest "
                    + plan
                    + " --gpu-hours 320 --cluster "
                    + CLUSTER
                    + " --key PEM --reason WHY"));
  }

  @Test
  void a_signed_approval_counts() {
    ApprovalVerdict verdict = judge(1, bob.sign(unsigned));

    assertThat(verdict.met()).isTrue();
    assertThat(verdict.approvers()).containsExactly("bob");
  }

  @Test
  void too_few_approvals_name_who_has_approved() {
    ApprovalVerdict verdict = judge(2, bob.sign(unsigned));

    assertThat(verdict.approvers()).containsExactly("bob");
    assertThat(verdict.findings())
        .singleElement()
        .extracting(Finding::found)
        .isEqualTo("approvals of 1 person(s) (bob)");
    assertThat(judge(2, bob.sign(unsigned), carol.sign(renamed("second"))).approvers())
        .containsExactly("bob", "carol");
  }

  @Test
  void one_person_is_counted_once_however_often_and_with_whichever_key() {
    Person again = bob.withAnotherKey();
    Keyring both =
        Person.keyring(
            authority("board", alice, bob, again, carol, dave), authority("ml-release", alice));

    ApprovalVerdict verdict =
        judge(
            requirement(2, false),
            both,
            bob.sign(unsigned),
            bob.sign(renamed("second")),
            again.sign(renamed("third")));

    assertThat(verdict.met()).isFalse();
    assertThat(verdict.approvers()).containsExactly("bob");
  }

  @Test
  void two_persons_of_one_organization_are_not_two_organizations() {
    ApprovalRequirement distinct = requirement(2, true);
    KubernetesObject bobs = bob.sign(unsigned);

    assertThat(judge(distinct, keyring, bobs, carol.sign(renamed("second"))).findings())
        .extracting(Finding::found)
        .containsExactly("approvals of 1 organization(s) (bob, carol)");
    assertThat(judge(distinct, keyring, bobs, dave.sign(renamed("second"))).met()).isTrue();
  }

  @Test
  void persons_without_an_organization_are_of_none() {
    Person erin = Person.of("erin", "");
    Person frank = Person.of("frank", "");
    Keyring homeless = Person.keyring(authority("board", erin, frank));

    assertThat(
            judge(
                    requirement(1, true),
                    homeless,
                    erin.sign(unsigned),
                    frank.sign(renamed("second")))
                .met())
        .isFalse();
  }

  @Test
  void whoever_signed_the_plan_is_no_approver_of_it() {
    ApprovalVerdict verdict = judge(1, alice.sign(unsigned));

    assertThat(verdict.approvers()).isEmpty();
    assertThat(codes(verdict)).containsExactly(ReasonCode.ApprovalMissing, ReasonCode.SelfApproval);
  }

  @Test
  void an_approval_of_another_plan_does_not_count() {
    String other = Digest.of("another plan").value();
    ApprovalVerdict verdict = judge(1, bob.sign(with("/subject", "planDigest", other)));

    assertThat(codes(verdict))
        .containsExactly(ReasonCode.ApprovalMissing, ReasonCode.ApprovalMismatch);
    assertThat(verdict.findings().getLast())
        .satisfies(
            finding -> {
              assertThat(finding.found())
                  .isEqualTo("Approval sft-approval /spec/subject/planDigest: " + other);
              assertThat(finding.required()).isEqualTo(plan.value());
            });
  }

  @Test
  void approvals_of_other_subjects_are_not_even_mentioned() {
    assertThat(
            codes(
                judge(
                    1,
                    bob.sign(with("/subject", "name", "other")),
                    bob.sign(with("/subject", "kind", "ModelDeployment")),
                    bob.sign(inNamespace("vision")))))
        .containsExactly(ReasonCode.ApprovalMissing);
  }

  @Test
  void an_approval_copied_to_another_namespace_or_name_is_not_signed() {
    KubernetesObject copied =
        Person.annotate(
            renamed("copy"),
            Api.SIGNATURE_ANNOTATION,
            bob.envelope(unsigned, StatementTerms.UNLIMITED));

    assertThat(codes(judge(1, copied)))
        .containsExactly(ReasonCode.ApprovalMissing, ReasonCode.ApprovalInvalid);
  }

  @Test
  void an_approval_for_another_cluster_does_not_count() {
    assertThat(codes(judge(1, bob.sign(with("", "cluster", "another")))))
        .containsExactly(ReasonCode.ApprovalMissing, ReasonCode.ApprovalMismatch);
  }

  @Test
  void every_single_approval_covers_the_hours_and_they_are_never_added_up() {
    KubernetesObject half = bob.sign(with("", "gpuHours", "319.999"));
    ObjectNode json = with("", "gpuHours", "319.999").json().deepCopy();
    ((ObjectNode) json.path("metadata")).put("name", "second");
    KubernetesObject otherHalf = carol.sign(new KubernetesObject(json));

    assertThat(judge(1, half, otherHalf).approvers()).isEmpty();
    assertThat(judge(1, bob.sign(with("", "gpuHours", "320.001"))).met()).isTrue();
  }

  @Test
  void an_approval_holds_from_not_before_until_just_before_expires() {
    KubernetesObject approval = bob.sign(unsigned);
    Instant start = Instant.parse("2026-10-01T00:00:00Z");
    Instant end = Instant.parse("2026-10-31T00:00:00Z");

    assertThat(at(start.minusNanos(1), approval))
        .containsExactly(ReasonCode.ApprovalMissing, ReasonCode.ApprovalExpired);
    assertThat(at(start, approval)).isEmpty();
    assertThat(at(end.minusNanos(1), approval)).isEmpty();
    assertThat(at(end, approval))
        .containsExactly(ReasonCode.ApprovalMissing, ReasonCode.ApprovalExpired);
  }

  @Test
  void an_approval_that_is_over_is_told_in_the_same_words_whenever_it_is_asked_for() {
    KubernetesObject approval = bob.sign(unsigned);
    Instant end = Instant.parse("2026-10-31T00:00:00Z");

    assertThat(judge(requirement(1, false), keyring, end, approval))
        .isEqualTo(judge(requirement(1, false), keyring, end.plusSeconds(60), approval));
  }

  @Test
  void an_approval_whose_own_signature_expired_does_not_count() {
    StatementTerms over =
        new StatementTerms(
            Optional.empty(), Optional.of(NOW), OptionalLong.empty(), Optional.empty());

    assertThat(codes(judge(1, bob.sign(unsigned, over))))
        .containsExactly(ReasonCode.ApprovalMissing, ReasonCode.ApprovalExpired);
  }

  @Test
  void an_unsigned_a_foreign_and_a_changed_approval_do_not_count() {
    KubernetesObject changed =
        Person.annotate(
            with("", "gpuHours", "9000"),
            Api.SIGNATURE_ANNOTATION,
            bob.envelope(unsigned, StatementTerms.UNLIMITED));

    for (KubernetesObject approval :
        List.of(unsigned, Person.of("mallory", "board").sign(unsigned), changed)) {
      assertThat(codes(judge(1, approval)))
          .containsExactly(ReasonCode.ApprovalMissing, ReasonCode.ApprovalInvalid);
    }
  }

  @Test
  void a_revoked_approval_or_key_counts_no_more() {
    for (Digest revoked :
        List.of(NormalForm.of(unsigned).digest(), bob.key().publicKey().digest())) {
      ApprovalVerdict verdict =
          judge(requirement(1, false), keyring(List.of(revoked.value())), bob.sign(unsigned));
      assertThat(codes(verdict)).containsExactly(ReasonCode.ApprovalMissing, ReasonCode.Revoked);
    }
  }

  @Test
  void an_approval_that_cannot_be_read_names_its_field() {
    for (String field : List.of("gpuHours", "cluster", "expires", "notBefore")) {
      ApprovalVerdict verdict = judge(1, bob.sign(with("", field, "soon-ish")));
      assertThat(verdict.met()).as(field).isFalse();
      assertThat(verdict.findings().getLast().found()).contains("/spec/" + field);
    }
  }

  @Test
  void a_name_that_a_tenant_chose_does_not_end_its_word_in_the_command() {
    ObjectNode json = run.json().deepCopy();
    ((ObjectNode) json.path("metadata")).put("name", "sft; rm -rf ~ '$(id)'");
    ApprovalVerdict verdict =
        Quorum.judge(
            new KubernetesObject(json),
            plan,
            Amount.parse("320"),
            requirement(1, false),
            List.of(),
            keyring,
            Set.of(),
            CLUSTER,
            NOW);

    assertThat(verdict.findings().getFirst().nextStep())
        .contains("--name 'sft; rm -rf ~ '\\''$(id)'\\''' --namespace nlp");
  }

  private ApprovalVerdict judge(int count, KubernetesObject... approvals) {
    return judge(requirement(count, false), keyring, approvals);
  }

  private ApprovalVerdict judge(
      ApprovalRequirement requirement, Keyring keyring, KubernetesObject... approvals) {
    return judge(requirement, keyring, NOW, approvals);
  }

  private List<ReasonCode> at(Instant now, KubernetesObject approval) {
    return codes(judge(requirement(1, false), keyring, now, approval));
  }

  private ApprovalVerdict judge(
      ApprovalRequirement requirement,
      Keyring keyring,
      Instant now,
      KubernetesObject... approvals) {
    return Quorum.judge(
        run,
        plan,
        Amount.parse("320"),
        requirement,
        List.of(approvals),
        keyring,
        Set.of("alice"),
        CLUSTER,
        now);
  }

  private static List<ReasonCode> codes(ApprovalVerdict verdict) {
    return verdict.findings().stream().map(Finding::code).toList();
  }

  private static ApprovalRequirement requirement(int count, boolean distinctOrganizations) {
    return new ApprovalRequirement(count, List.of("board"), distinctOrganizations);
  }

  private Keyring keyring(List<String> revoked) {
    return Keyring.of(
        Person.trusting(
            revoked, authority("board", alice, bob, carol, dave), authority("ml-release", alice)));
  }

  private KubernetesObject renamed(String name) {
    ObjectNode json = unsigned.json().deepCopy();
    ((ObjectNode) json.path("metadata")).put("name", name);
    return new KubernetesObject(json);
  }

  private KubernetesObject inNamespace(String namespace) {
    ObjectNode json = unsigned.json().deepCopy();
    ((ObjectNode) json.path("metadata")).put("namespace", namespace);
    return new KubernetesObject(json);
  }

  private KubernetesObject with(String parent, String field, String value) {
    ObjectNode json = unsigned.json().deepCopy();
    ((ObjectNode) json.at("/spec" + parent)).put(field, value);
    return new KubernetesObject(json);
  }
}
