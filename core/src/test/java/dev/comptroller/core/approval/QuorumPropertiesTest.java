package dev.comptroller.core.approval;

import static dev.comptroller.core.signature.Person.authority;
import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.api.v1alpha1.ApprovalRequirement;
import dev.comptroller.core.Manifest;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.signature.Keyring;
import dev.comptroller.core.signature.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for any set of approvals, compared with counting persons by hand. */
class QuorumPropertiesTest {
  private static final String CLUSTER = "cluster";
  private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  private static final KubernetesObject RUN =
      Manifest.of(
          """
          apiVersion: comptroller.dev/v1alpha1
          kind: TrainingRun
          metadata: {namespace: nlp, name: sft}
          spec: {purpose: tune}
          """);
  private static final Digest PLAN = NormalForm.of(RUN).digest();
  private static final Person SIGNER = Person.of("alice", "research");
  private static final Person REVOKED = Person.of("erin", "board");
  private static final Person STRANGER = Person.of("mallory", "board");
  private static final List<Person> APPROVERS =
      List.of(Person.of("bob", "safety"), Person.of("carol", "safety"), Person.of("dave", "board"));
  private static final Keyring KEYRING =
      Keyring.of(
          Person.trusting(
              List.of(REVOKED.key().publicKey().digest().value()),
              authority(
                  "board", SIGNER, REVOKED, APPROVERS.get(0), APPROVERS.get(1), APPROVERS.get(2))));

  /** One approval: by whom, and what is wrong with it. */
  record Draw(Person person, Flaw flaw) {
    boolean counts() {
      return flaw == Flaw.NONE && APPROVERS.contains(person);
    }
  }

  /** What can be wrong with an approval. */
  enum Flaw {
    NONE,
    EXPIRED,
    TOO_SMALL,
    OTHER_PLAN,
    OTHER_CLUSTER,
    UNSIGNED
  }

  @Provide
  Arbitrary<List<Draw>> draws() {
    List<Person> persons = new ArrayList<>(APPROVERS);
    persons.addAll(List.of(SIGNER, REVOKED, STRANGER));
    return Combinators.combine(Arbitraries.of(persons), Arbitraries.of(Flaw.class))
        .as(Draw::new)
        .list()
        .ofMaxSize(8);
  }

  @Property(tries = 150)
  void exactly_the_persons_with_a_flawless_approval_count(
      @ForAll("draws") List<Draw> draws, @ForAll @IntRange(min = 1, max = 3) int count) {
    Set<String> expected =
        draws.stream()
            .filter(Draw::counts)
            .map(draw -> draw.person().name())
            .collect(Collectors.toCollection(TreeSet::new));

    ApprovalVerdict verdict = judge(count, approvals(draws));

    assertThat(verdict.approvers()).containsExactlyElementsOf(expected);
    assertThat(verdict.met()).isEqualTo(expected.size() >= count);
  }

  @Property(tries = 50)
  void the_order_of_approvals_changes_nothing(
      @ForAll("draws") List<Draw> draws,
      @ForAll @IntRange(min = 1, max = 3) int count,
      @ForAll Random random) {
    List<KubernetesObject> approvals = approvals(draws);
    List<KubernetesObject> shuffled = new ArrayList<>(approvals);
    Collections.shuffle(shuffled, random);

    ApprovalVerdict verdict = judge(count, approvals);
    ApprovalVerdict other = judge(count, shuffled);

    assertThat(other.approvers()).isEqualTo(verdict.approvers());
    assertThat(other.findings()).containsExactlyInAnyOrderElementsOf(verdict.findings());
  }

  @Property(tries = 50)
  void duplicates_and_revoked_approvals_never_help(@ForAll("draws") List<Draw> draws) {
    List<KubernetesObject> approvals = approvals(draws);
    List<KubernetesObject> more = new ArrayList<>(approvals);
    more.addAll(approvals);
    more.addAll(approvals(List.of(new Draw(REVOKED, Flaw.NONE), new Draw(SIGNER, Flaw.NONE))));

    assertThat(judge(3, more).approvers()).isEqualTo(judge(3, approvals).approvers());
  }

  private static ApprovalVerdict judge(int count, List<KubernetesObject> approvals) {
    return Quorum.judge(
        RUN,
        PLAN,
        Amount.parse("320"),
        new ApprovalRequirement(count, List.of("board"), null),
        approvals,
        KEYRING,
        Set.of(SIGNER.name()),
        CLUSTER,
        NOW);
  }

  private static List<KubernetesObject> approvals(List<Draw> draws) {
    List<KubernetesObject> approvals = new ArrayList<>();
    for (Draw draw : draws) {
      Flaw flaw = draw.flaw();
      KubernetesObject approval =
          Manifest.of(
              """
              apiVersion: comptroller.dev/v1alpha1
              kind: Approval
              metadata: {namespace: nlp, name: approval-%d}
              spec:
                subject: {kind: TrainingRun, name: sft, planDigest: "%s"}
                gpuHours: "%s"
                cluster: %s
                reason: Planned
                expires: "%s"
              """
                  .formatted(
                      approvals.size(),
                      flaw == Flaw.OTHER_PLAN ? Digest.of("another") : PLAN,
                      flaw == Flaw.TOO_SMALL ? "319" : "320",
                      flaw == Flaw.OTHER_CLUSTER ? "another" : CLUSTER,
                      flaw == Flaw.EXPIRED ? NOW : NOW.plusSeconds(1)));
      approvals.add(flaw == Flaw.UNSIGNED ? approval : draw.person().sign(approval));
    }
    return approvals;
  }
}
