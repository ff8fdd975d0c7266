package dev.comptroller.core.governor;

import static dev.comptroller.core.governor.Examples.approval;
import static dev.comptroller.core.governor.Examples.changed;
import static dev.comptroller.core.governor.Examples.policy;
import static dev.comptroller.core.governor.Examples.run;
import static dev.comptroller.core.governor.Person.ALICE;
import static dev.comptroller.core.governor.Person.BOB;
import static dev.comptroller.core.governor.Person.MALLORY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.api.v1alpha1.Rule;
import dev.comptroller.core.Manifest;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.policy.RuleEvaluator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Plans: what is signed, bounded and approved may go ahead, and nothing else. */
final class GovernorTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final Requester TENANT = new Requester("mallory", Set.of("system:authenticated"));

  @Test
  void an_unsigned_run_is_refused_with_the_command_that_signs_it() {
    Decision decision = create(run("small", 3600), cluster());
    assertThat(decision.outcome()).isEqualTo(Outcome.DENIED);
    assertThat(decision.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(ReasonCode.Unsigned);
              assertThat(finding.message()).contains("kubectl-comptroller sign");
            });
  }

  @Test
  void a_signed_run_within_the_first_tier_is_allowed_and_assessed() {
    KubernetesObject run = ALICE.sign(run("small", 3600));
    Decision decision = create(run, cluster());
    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(decision.findings()).isEmpty();
    assertThat(decision.assessment().planDigest()).contains(NormalForm.of(run).digest());
    assertThat(decision.assessment().tier()).contains("self-service");
    assertThat(decision.assessment().signedBy()).containsExactly("alice");
    assertThat(decision.assessment().gpuHours()).isPresent();
  }

  @Test
  void a_signature_by_an_unknown_key_is_refused() {
    assertThat(codes(create(MALLORY.sign(run("small", 3600)), cluster())))
        .containsExactly(ReasonCode.SignerNotTrusted);
  }

  @Test
  void a_signature_of_another_object_is_refused() {
    KubernetesObject other = ALICE.sign(run("other", 3600));
    KubernetesObject run =
        changed(
            run("small", 3600),
            json ->
                json.withObject("/metadata")
                    .set("annotations", other.metadata().path("annotations")));
    assertThat(codes(create(run, cluster()))).containsExactly(ReasonCode.SignatureInvalid);
  }

  @Test
  void a_signature_of_another_namespace_is_refused() {
    KubernetesObject elsewhere =
        ALICE.sign(
            changed(
                run("small", 3600),
                json -> json.withObject("/metadata").put("namespace", "elsewhere")));
    KubernetesObject here =
        changed(elsewhere, json -> json.withObject("/metadata").put("namespace", "team"));
    assertThat(codes(create(here, cluster()))).containsExactly(ReasonCode.SignatureInvalid);
  }

  @Test
  void a_run_changed_after_signing_is_refused() {
    KubernetesObject run =
        changed(
            ALICE.sign(run("small", 3600)),
            json -> json.withObject("/spec/workload/spec").put("activeDeadlineSeconds", 7200));
    assertThat(codes(create(run, cluster()))).containsExactly(ReasonCode.SignatureInvalid);
  }

  @Test
  void a_big_run_needs_an_approval_and_is_told_how_to_get_one() {
    Decision decision = create(ALICE.sign(run("big", 360_000)), cluster());
    assertThat(codes(decision)).contains(ReasonCode.ApprovalMissing);
    assertThat(decision.outcome()).isEqualTo(Outcome.DENIED);
    assertThat(decision.assessment().tier()).contains("reviewed");
    assertThat(decision.findings().getFirst().nextStep())
        .contains("kubectl-comptroller approve")
        .contains(decision.assessment().planDigest().orElseThrow().value());
  }

  @Test
  void an_approved_big_run_is_allowed() {
    KubernetesObject run = ALICE.sign(run("big", 360_000));
    Decision decision = create(run, cluster().withApproval(BOB.sign(approval("yes", run, "120"))));
    assertThat(decision.findings()).isEmpty();
    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(decision.assessment().approvedBy()).containsExactly("bob");
  }

  @Test
  void approvals_that_do_not_fit_do_not_count() {
    KubernetesObject run = ALICE.sign(run("big", 360_000));
    KubernetesObject otherRun = ALICE.sign(run("big", 366_000));
    record Case(KubernetesObject approval, ReasonCode expected) {}
    for (Case each :
        List.of(
            new Case(ALICE.sign(approval("own", run, "120")), ReasonCode.SelfApproval),
            new Case(BOB.sign(approval("plan", otherRun, "120")), ReasonCode.ApprovalMismatch),
            new Case(BOB.sign(approval("less", run, "50")), ReasonCode.ApprovalMismatch),
            new Case(approval("unsigned", run, "120"), ReasonCode.ApprovalInvalid),
            new Case(MALLORY.sign(approval("stranger", run, "120")), ReasonCode.ApprovalInvalid),
            new Case(
                BOB.sign(
                    changed(
                        approval("old", run, "120"),
                        json -> json.withObject("/spec").put("expires", "2026-10-01T00:00:00Z"))),
                ReasonCode.ApprovalExpired),
            new Case(
                BOB.sign(
                    changed(
                        approval("cluster", run, "120"),
                        json ->
                            json.withObject("/spec")
                                .put("cluster", "ffffffff-6ce5-4b8c-a3f5-5a5c1a1f0c01"))),
                ReasonCode.ApprovalMismatch))) {
      Decision decision = create(run, cluster().withApproval(each.approval()));
      assertThat(decision.outcome()).as(each.approval().name()).isEqualTo(Outcome.DENIED);
      assertThat(codes(decision)).as(each.approval().name()).contains(each.expected());
    }
  }

  @Test
  void where_the_policy_holds_an_unapproved_run_is_stored_and_nothing_starts() {
    TestCluster cluster =
        new TestCluster().with(policy().replace("whenUnapproved: Deny", "whenUnapproved: Hold"));
    Decision decision = create(ALICE.sign(run("big", 360_000)), cluster);
    assertThat(decision.outcome()).isEqualTo(Outcome.HELD);
    assertThat(codes(decision)).contains(ReasonCode.ApprovalMissing);
  }

  @Test
  void only_a_lack_of_approval_is_held() {
    TestCluster cluster =
        new TestCluster().with(policy().replace("whenUnapproved: Deny", "whenUnapproved: Hold"));
    assertThat(create(run("big", 360_000), cluster).outcome()).isEqualTo(Outcome.DENIED);
    KubernetesObject job =
        changed(
            Examples.job("big"),
            json -> json.withObject("/spec").put("activeDeadlineSeconds", 360_000));
    assertThat(create(ALICE.sign(job), cluster).outcome()).isEqualTo(Outcome.DENIED);
  }

  @Test
  void above_the_highest_tier_no_approval_helps() {
    Decision decision = create(ALICE.sign(run("huge", 3_600_000)), cluster());
    assertThat(codes(decision)).containsExactly(ReasonCode.AboveHighestTier);
  }

  @Test
  void a_run_without_deadline_is_unbounded() {
    Decision decision = create(ALICE.sign(Examples.runWithoutDeadline("open")), cluster());
    assertThat(codes(decision)).containsExactly(ReasonCode.GpuHoursUnbounded);
    assertThat(decision.findings().getFirst().pointer()).startsWith("/spec/workload");
  }

  @Test
  void an_unlisted_accelerator_is_never_free() {
    KubernetesObject run =
        Manifest.of(
            run("new", 3600).json().toString().replace("nvidia.com/gpu", "vendor.example/npu"));
    assertThat(codes(create(ALICE.sign(run), cluster())))
        .containsExactly(ReasonCode.UnknownAccelerator);
  }

  @Test
  void an_image_by_tag_is_refused_at_its_place() {
    KubernetesObject run =
        Manifest.of(
            run("tag", 3600).json().toString().replace(Examples.IMAGE, "registry/train:v1"));
    assertThat(create(ALICE.sign(run), cluster()).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(ReasonCode.ImageNotPinned);
              assertThat(finding.pointer())
                  .isEqualTo("/spec/workload/spec/template/spec/containers/0/image");
              assertThat(finding.found()).isEqualTo("registry/train:v1");
            });
  }

  @Test
  void all_that_is_wrong_is_said_at_once() {
    KubernetesObject run =
        Manifest.of(
            Examples.runWithoutDeadline("bad")
                .json()
                .toString()
                .replace(Examples.IMAGE, "registry/train:v1"));
    assertThat(codes(create(run, cluster())))
        .containsExactlyInAnyOrder(
            ReasonCode.Unsigned, ReasonCode.ImageNotPinned, ReasonCode.GpuHoursUnbounded);
  }

  @Test
  void every_policy_that_matches_must_allow() {
    TestCluster both =
        cluster()
            .with(
                policy()
                    .replace("name: research", "name: strict")
                    .replace("upTo: \"8\"", "upTo: \"0.5\""));
    assertThat(codes(create(ALICE.sign(run("small", 3600)), both)))
        .contains(ReasonCode.ApprovalMissing);
  }

  @Test
  void a_policy_that_warns_or_audits_refuses_nothing() {
    TestCluster warns =
        new TestCluster().with(policy().replace("enforcement: Enforce", "enforcement: Warn"));
    Decision warned = create(run("small", 3600), warns);
    assertThat(warned.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(warned.warnings()).extracting(Finding::code).containsExactly(ReasonCode.Unsigned);
    TestCluster audits =
        new TestCluster().with(policy().replace("enforcement: Enforce", "enforcement: Audit"));
    Decision audited = create(run("small", 3600), audits);
    assertThat(audited.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(audited.warnings()).isEmpty();
    assertThat(audited.audits()).extracting(Finding::code).containsExactly(ReasonCode.Unsigned);
  }

  @Test
  void without_a_policy_our_kinds_are_refused_and_others_warned_about() {
    TestCluster none = new TestCluster();
    Decision refused = create(ALICE.sign(run("small", 3600)), none);
    assertThat(refused.outcome()).isEqualTo(Outcome.DENIED);
    assertThat(codes(refused)).containsExactly(ReasonCode.NoPolicy);
    Decision warned = create(Examples.job("plain"), none);
    assertThat(warned.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(warned.warnings()).extracting(Finding::code).containsExactly(ReasonCode.NoPolicy);
    Decision strict =
        new Governor(new Answers(), Ungoverned.Refuse)
            .review(Review.create(Examples.job("plain"), TENANT), none, NOW);
    assertThat(codes(strict)).containsExactly(ReasonCode.NoPolicy);
  }

  @Test
  void plain_workloads_need_signatures_where_they_ask_for_accelerators() {
    assertThat(codes(create(Examples.job("plain"), cluster())))
        .containsExactly(ReasonCode.Unsigned);
    assertThat(create(ALICE.sign(Examples.job("plain")), cluster()).outcome())
        .isEqualTo(Outcome.ALLOWED);
    KubernetesObject withoutAccelerators =
        Manifest.of(Examples.job("cpu").json().toString().replace("nvidia.com/gpu", "cpu"));
    assertThat(create(withoutAccelerators, new TestCluster().with(policy())).outcome())
        .isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void cold_caches_give_no_verdict() {
    Decision decision = create(ALICE.sign(run("small", 3600)), cluster().cold());
    assertThat(decision.outcome()).isEqualTo(Outcome.RETRY);
    assertThat(codes(decision)).containsExactly(ReasonCode.NotReady);
  }

  @Test
  void a_cluster_that_does_not_answer_gives_no_verdict() {
    Decision decision = create(ALICE.sign(run("big", 360_000)), cluster().unreachable());
    assertThat(decision.outcome()).isEqualTo(Outcome.RETRY);
    assertThat(codes(decision)).containsExactly(ReasonCode.NotReady);
  }

  @Test
  void whatever_goes_wrong_denies_and_repeats_nothing_of_the_object() {
    RuleEvaluator broken =
        new Answers() {
          @Override
          public Answer evaluate(Rule rule, JsonNode input) {
            throw new IllegalStateException("secret " + input);
          }
        };
    TestCluster cluster = new TestCluster().with(policy() + "  rules: [{name: r, rego: x}]\n");
    Decision decision =
        new Governor(broken)
            .review(Review.create(ALICE.sign(run("small", 3600)), TENANT), cluster, NOW);
    assertThat(decision.outcome()).isEqualTo(Outcome.DENIED);
    assertThat(codes(decision)).containsExactly(ReasonCode.EvaluationFailed);
    assertThat(decision.findings().getFirst().message()).doesNotContain("secret");
  }

  @Test
  void every_answer_of_a_rule_but_true_denies_with_a_code_of_its_own() {
    record Case(RuleEvaluator.Answer answer, ReasonCode expected) {}
    TestCluster cluster = new TestCluster().with(policy() + "  rules: [{name: r, rego: x}]\n");
    for (Case each :
        List.of(
            new Case(
                new RuleEvaluator.Answer.Denied(List.of("not in the EU")), ReasonCode.RuleDenied),
            new Case(new RuleEvaluator.Answer.Undefined(), ReasonCode.RuleUndefined),
            new Case(new RuleEvaluator.Answer.NotBoolean("string"), ReasonCode.RuleNotBoolean),
            new Case(new RuleEvaluator.Answer.Failed("abort"), ReasonCode.RuleFailed),
            new Case(new RuleEvaluator.Answer.TimedOut(250), ReasonCode.RuleTimedOut))) {
      Decision decision =
          new Governor(new Answers(each.answer()))
              .review(Review.create(ALICE.sign(run("small", 3600)), TENANT), cluster, NOW);
      assertThat(codes(decision)).containsExactly(each.expected());
    }
  }

  @Test
  void rules_see_the_plan_its_price_and_who_asks() {
    Answers answers = new Answers();
    TestCluster cluster = new TestCluster().with(policy() + "  rules: [{name: r, rego: x}]\n");
    KubernetesObject run = ALICE.sign(run("small", 3600));
    new Governor(answers).review(Review.create(run, TENANT), cluster, NOW);
    JsonNode input = answers.inputs.getFirst();
    assertThat(input.path("object")).isEqualTo(run.json());
    assertThat(input.path("gpuHours").decimalValue())
        .isBetween(new java.math.BigDecimal("1"), new java.math.BigDecimal("1.1"));
    assertThat(input.path("tier").asText()).isEqualTo("self-service");
    assertThat(input.path("user").path("name").asText()).isEqualTo("mallory");
    assertThat(input.path("signers").toString()).isEqualTo("[\"alice\"]");
    assertThat(input.path("operation").asText()).isEqualTo("CREATE");
  }

  @Test
  void a_value_with_two_readings_is_refused() {
    KubernetesObject run =
        changed(
            run("odd", 3600),
            json -> json.withObject("/spec/workload/spec").put("parallelism", 1.5));
    assertThat(create(run, cluster()).outcome()).isEqualTo(Outcome.DENIED);
  }

  @Test
  void another_version_of_our_kinds_is_unknown() {
    KubernetesObject run =
        changed(run("old", 3600), json -> json.put("apiVersion", "comptroller.dev/v1"));
    assertThat(codes(create(run, cluster()))).containsExactly(ReasonCode.UnknownKind);
  }

  private static TestCluster cluster() {
    return new TestCluster().with(policy());
  }

  private static Decision create(KubernetesObject object, ClusterView cluster) {
    return new Governor(new Answers()).review(Review.create(object, TENANT), cluster, NOW);
  }

  private static List<ReasonCode> codes(Decision decision) {
    return decision.findings().stream().map(Finding::code).distinct().toList();
  }

  /** Rules that all answer the same, and remember what they were asked. */
  static class Answers implements RuleEvaluator {
    private final Answer answer;
    private final List<JsonNode> inputs = new ArrayList<>();

    Answers() {
      this(new Answer.Allowed());
    }

    Answers(Answer answer) {
      this.answer = answer;
    }

    @Override
    public List<String> problems(Rule rule) {
      return Optional.of(rule.rego()).filter("broken"::equals).map(r -> "line 1: broken").stream()
          .toList();
    }

    @Override
    public Answer evaluate(Rule rule, JsonNode input) {
      inputs.add(input);
      return answer;
    }
  }
}
