package dev.comptroller.core.policy;

import static dev.comptroller.core.signature.Person.authority;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.api.v1alpha1.ApprovalRequirement;
import dev.comptroller.api.v1alpha1.Authority;
import dev.comptroller.api.v1alpha1.Compute;
import dev.comptroller.api.v1alpha1.Enforcement;
import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import dev.comptroller.api.v1alpha1.NamespaceSelection;
import dev.comptroller.api.v1alpha1.Rule;
import dev.comptroller.api.v1alpha1.SignatureRequirement;
import dev.comptroller.api.v1alpha1.Signing;
import dev.comptroller.api.v1alpha1.Tier;
import dev.comptroller.api.v1alpha1.TrustedKey;
import dev.comptroller.core.signature.Person;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyProblemsTest {
  private static final NamespaceSelection EVERYWHERE =
      new NamespaceSelection(List.of("*"), List.of());
  private static final Compute SMALL =
      new Compute("720h", null, List.of(new Tier("small", "8", null)));

  private final Person alice = Person.of("alice", "research");
  private final Person bob = Person.of("bob", "safety");
  private final List<Authority> authorities =
      List.of(authority("ml-release", alice), authority("board", alice, bob));

  @Test
  void a_sound_policy_has_no_problem() {
    Compute compute =
        new Compute(
            "30d",
            null,
            List.of(
                new Tier("small", "8", null),
                new Tier("large", "500.5", approvals(2, true, "board"))));

    assertThat(problems(EVERYWHERE, signing(1, "ml-release"), compute, List.of())).isEmpty();
  }

  @Test
  void namespaces_are_named_exactly() {
    assertThat(problems(new NamespaceSelection(List.of(), List.of())))
        .containsExactly("/spec/namespaces/include");
    assertThat(problems(new NamespaceSelection(List.of("team-*", "*"), List.of("a", "*"))))
        .containsExactlyInAnyOrder("/spec/namespaces/include/0", "/spec/namespaces/exclude/1");
  }

  @Test
  void authorities_are_named_once_and_have_keys_named_once() {
    TrustedKey twice = alice.trusted();
    List<Authority> wrong =
        List.of(
            new Authority("a", List.of(twice, twice)),
            new Authority("a", List.of(bob.trusted())),
            new Authority("b", List.of()));

    assertThat(pointers(policy(EVERYWHERE, wrong, new Signing(null, null), SMALL, List.of())))
        .containsExactlyInAnyOrder(
            "/spec/authorities/0/keys/1/name",
            "/spec/authorities/1/name",
            "/spec/authorities/2/keys");
  }

  @Test
  void keys_that_cannot_be_used_are_problems_of_the_policy() {
    List<Authority> wrong =
        List.of(
            new Authority(
                "a", List.of(new TrustedKey("k", "carol", null, "no key"), bob.trusted())));

    assertThat(pointers(policy(EVERYWHERE, wrong, new Signing(null, null), SMALL, List.of())))
        .containsExactly("/spec/authorities/0/keys/0/publicKey");
  }

  @Test
  void requirements_name_authorities_that_exist() {
    assertThat(problems(EVERYWHERE, signing(1, "ml-release", "nobody"), SMALL, List.of()))
        .containsExactly("/spec/signing/objects/authorities/1");
    assertThat(problems(EVERYWHERE, signing(1), SMALL, List.of()))
        .containsExactly("/spec/signing/objects/authorities");
    assertThat(
            problems(
                EVERYWHERE,
                signing(1, "board"),
                tiers(new Tier("t", "8", approvals(1, false, "nobody"))),
                List.of()))
        .containsExactly("/spec/compute/tiers/0/approvals/authorities/0");
  }

  @Test
  void counts_that_no_set_of_persons_can_reach_are_refused() {
    assertThat(problems(EVERYWHERE, signing(2, "ml-release"), SMALL, List.of()))
        .containsExactly("/spec/signing/objects/signers");
    assertThat(problems(EVERYWHERE, signing(2, "ml-release", "board"), SMALL, List.of())).isEmpty();
    assertThat(
            problems(
                EVERYWHERE,
                signing(0, "board"),
                tiers(
                    new Tier("t", "8", approvals(3, false, "board")),
                    new Tier("u", "9", approvals(0, false, "board"))),
                List.of()))
        .containsExactlyInAnyOrder(
            "/spec/signing/objects/signers",
            "/spec/compute/tiers/0/approvals/count",
            "/spec/compute/tiers/1/approvals/count");
  }

  @Test
  void distinct_organizations_need_as_many_organizations() {
    List<Authority> oneHouse =
        List.of(authority("board", alice, Person.of("carol", "research"), Person.of("dave", "")));
    Compute compute = tiers(new Tier("t", "8", approvals(2, true, "board")));

    assertThat(pointers(policy(EVERYWHERE, oneHouse, new Signing(null, null), compute, List.of())))
        .containsExactly("/spec/compute/tiers/0/approvals/count");
  }

  @Test
  void tiers_ascend_in_readable_amounts_under_names_of_their_own() {
    assertThat(
            problems(
                EVERYWHERE,
                signing(1, "board"),
                tiers(
                    new Tier("a", "8", null),
                    new Tier("b", "8.0", null),
                    new Tier("a", "lots", null),
                    new Tier("c", "7", null)),
                List.of()))
        .containsExactly(
            "/spec/compute/tiers/1/upTo",
            "/spec/compute/tiers/2/name",
            "/spec/compute/tiers/2/upTo",
            "/spec/compute/tiers/3/upTo");
    assertThat(problems(EVERYWHERE, signing(1, "board"), tiers(), List.of()))
        .containsExactly("/spec/compute/tiers");
  }

  @Test
  void the_serving_window_is_a_duration() {
    Compute compute = new Compute("a month", null, SMALL.tiers());

    assertThat(problems(EVERYWHERE, signing(1, "board"), compute, List.of()))
        .containsExactly("/spec/compute/servingWindow");
  }

  @Test
  void rules_compile_and_have_names_of_their_own() {
    assertThat(
            problems(
                EVERYWHERE,
                signing(1, "board"),
                SMALL,
                List.of(new Rule("eu", "good"), new Rule("eu", "bad"))))
        .containsExactly("/spec/rules/1/name", "/spec/rules/1/rego");
  }

  private List<String> problems(NamespaceSelection namespaces) {
    return problems(namespaces, signing(1, "board"), SMALL, List.of());
  }

  private List<String> problems(
      NamespaceSelection namespaces, Signing signing, Compute compute, List<Rule> rules) {
    return pointers(policy(namespaces, authorities, signing, compute, rules));
  }

  private static List<String> pointers(GovernancePolicySpec policy) {
    List<Finding> problems = PolicyProblems.of(policy, new WordEvaluator());
    assertThat(problems)
        .allSatisfy(problem -> assertThat(problem.code()).isEqualTo(ReasonCode.InvalidPolicy));
    return problems.stream().map(Finding::pointer).toList();
  }

  private static GovernancePolicySpec policy(
      NamespaceSelection namespaces,
      List<Authority> authorities,
      Signing signing,
      Compute compute,
      List<Rule> rules) {
    return new GovernancePolicySpec(
        namespaces,
        Enforcement.Enforce,
        null,
        authorities,
        List.of(),
        signing,
        null,
        compute,
        rules);
  }

  private static Signing signing(int signers, String... authorities) {
    return new Signing(new SignatureRequirement(List.of(authorities), signers), null);
  }

  private static ApprovalRequirement approvals(
      int count, boolean distinctOrganizations, String... authorities) {
    return new ApprovalRequirement(count, List.of(authorities), distinctOrganizations);
  }

  private static Compute tiers(Tier... tiers) {
    return new Compute("720h", null, List.of(tiers));
  }

  /** Takes the word "bad" for a rule that does not compile. */
  private static final class WordEvaluator implements RuleEvaluator {
    @Override
    public List<String> problems(Rule rule) {
      return rule.rego().equals("bad") ? List.of("line 1: unexpected bad") : List.of();
    }

    @Override
    public Answer evaluate(Rule rule, JsonNode input) {
      throw new AssertionError("a policy is not evaluated while it is checked");
    }
  }
}
