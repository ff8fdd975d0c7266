package dev.comptroller.core.approval;

import static dev.comptroller.core.signature.Person.authority;
import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.api.v1alpha1.ApprovalRequirement;
import dev.comptroller.api.v1alpha1.Compute;
import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import dev.comptroller.api.v1alpha1.Tier;
import dev.comptroller.core.Manifest;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.signature.Keyrings;
import dev.comptroller.core.signature.Person;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApprovalStandingTest {
  private static final Instant BEFORE = Instant.parse("2026-09-30T12:00:00Z");
  private static final Instant BEGIN = Instant.parse("2026-10-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-10-31T00:00:00Z");
  private static final String CLUSTER = "5f0a6b1e-0000-4000-8000-000000000001";

  private final Person bob = Person.of("bob", "safety");
  private final Person mallory = Person.of("mallory", "elsewhere");
  private final KubernetesObject unsigned = approval(END.toString());

  @Test
  void a_signed_approval_counts_from_its_begin_until_its_end() {
    KubernetesObject signed = bob.sign(unsigned);

    assertThat(at(BEFORE, signed).validity()).isEqualTo(ApprovalValidity.NOT_YET);
    assertThat(at(BEGIN, signed).validity()).isEqualTo(ApprovalValidity.IN_FORCE);
    assertThat(at(BEGIN, signed).problems()).isEmpty();
    assertThat(at(END.minusNanos(1), signed).problems()).isEmpty();
    assertThat(at(END, signed).validity()).isEqualTo(ApprovalValidity.EXPIRED);
  }

  @Test
  void the_next_change_is_the_next_end_of_its_time() {
    assertThat(at(BEFORE, unsigned).nextChange()).contains(BEGIN);
    assertThat(at(BEGIN, unsigned).nextChange()).contains(END);
    assertThat(at(END, unsigned).nextChange()).isEmpty();
  }

  @Test
  void an_approval_outside_its_time_may_be_stored() {
    assertThat(at(BEFORE, bob.sign(unsigned)).countsAtSomeTime()).isTrue();
    assertThat(at(END, bob.sign(unsigned)).countsAtSomeTime()).isTrue();
    assertThat(at(END, bob.sign(unsigned)).problems())
        .extracting(Finding::code)
        .containsExactly(ReasonCode.ApprovalExpired);
    assertThat(at(END, unsigned).countsAtSomeTime()).isFalse();
  }

  @Test
  void approvers_are_those_whom_an_approving_authority_lists() {
    assertThat(at(BEGIN, bob.sign(mallory.sign(unsigned))).approvers()).containsExactly("bob");
    assertThat(at(BEGIN, mallory.sign(unsigned)).approvers()).isEmpty();
    assertThat(at(BEGIN, mallory.sign(unsigned)).problems())
        .extracting(Finding::code)
        .contains(ReasonCode.SignerNotTrusted);
    assertThat(at(BEGIN, unsigned).problems())
        .extracting(Finding::code)
        .containsExactly(ReasonCode.Unsigned);
  }

  @Test
  void one_policy_whose_approvers_signed_is_enough() {
    ApprovalStanding standing =
        standing(
            bob.sign(unsigned),
            List.of(policy("board", mallory), policy("board", bob)),
            CLUSTER,
            BEGIN);

    assertThat(standing.problems()).isEmpty();
    assertThat(standing.approvers()).containsExactly("bob");
  }

  @Test
  void an_authority_that_no_tier_asks_approves_nothing() {
    assertThat(
            standing(bob.sign(unsigned), List.of(policy("others", bob)), CLUSTER, BEGIN)
                .approvers())
        .isEmpty();
  }

  @Test
  void another_cluster_and_what_cannot_be_read_are_named() {
    ApprovalStanding elsewhere =
        standing(bob.sign(unsigned), List.of(policy("board", bob)), "another", BEGIN);
    ApprovalStanding unreadable = at(BEGIN, bob.sign(approval("soon")));

    assertThat(elsewhere.validity()).isEqualTo(ApprovalValidity.ELSEWHERE);
    assertThat(elsewhere.problems()).extracting(Finding::pointer).containsExactly("/spec/cluster");
    assertThat(elsewhere.countsAtSomeTime()).isFalse();
    assertThat(unreadable.validity()).isEqualTo(ApprovalValidity.UNREADABLE);
    assertThat(unreadable.problems()).extracting(Finding::pointer).containsExactly("/spec/expires");
    assertThat(unreadable.countsAtSomeTime()).isFalse();
  }

  private ApprovalStanding at(Instant now, KubernetesObject approval) {
    return standing(approval, List.of(policy("board", bob)), CLUSTER, now);
  }

  private static ApprovalStanding standing(
      KubernetesObject approval, List<GovernancePolicySpec> policies, String cluster, Instant now) {
    return ApprovalStanding.of(approval, policies, new Keyrings(), cluster, now);
  }

  /** A policy with one tier, approved by the board. */
  private static GovernancePolicySpec policy(String authority, Person person) {
    GovernancePolicySpec trusting =
        Person.trusting(
            List.of(),
            authority(authority, person),
            authority(authority.equals("board") ? "others" : "board", Person.of("eve", "eve")));
    Tier reviewed =
        new Tier("reviewed", "500", new ApprovalRequirement(1, List.of("board"), false));
    return new GovernancePolicySpec(
        trusting.namespaces(),
        trusting.enforcement(),
        trusting.onChange(),
        trusting.authorities(),
        trusting.revoked(),
        trusting.signing(),
        trusting.interactive(),
        new Compute(null, null, List.of(reviewed)),
        trusting.rules());
  }

  private static KubernetesObject approval(String expires) {
    return Manifest.of(
        """
        apiVersion: comptroller.dev/v1alpha1
        kind: Approval
        metadata: {namespace: nlp, name: sft-approval}
        spec:
          subject: {kind: TrainingRun, name: sft, planDigest: "sha256:%s"}
          gpuHours: "320"
          cluster: %s
          reason: Planned
          notBefore: "%s"
          expires: "%s"
        """
            .formatted("a".repeat(64), CLUSTER, BEGIN, expires));
  }
}
