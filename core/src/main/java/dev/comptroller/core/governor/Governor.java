package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.policy.RuleEvaluator;
import dev.comptroller.core.signature.Keyrings;
import java.time.Instant;
import java.util.List;

/** The only place where a verdict is made. */
public final class Governor {
  private final ObjectReview objects;
  private final ScaleReview scales;
  private final AutoscalerReview autoscalers;
  private final PolicyReview policies;
  private final ApprovalReview approvals;

  /** A governor that warns about accelerator workloads where no policy governs. */
  public Governor(RuleEvaluator rules) {
    this(rules, Ungoverned.Warn);
  }

  /**
   * @param ungoverned what becomes of accelerator workloads where no policy governs
   */
  public Governor(RuleEvaluator rules, Ungoverned ungoverned) {
    Keyrings keyrings = new Keyrings();
    PlanReview plans = new PlanReview(rules, ungoverned, keyrings);
    ChildReview children = new ChildReview(plans);
    this.objects = new ObjectReview(plans, children);
    this.scales = new ScaleReview(objects);
    this.autoscalers = new AutoscalerReview(objects);
    this.policies = new PolicyReview(rules);
    this.approvals = new ApprovalReview(keyrings);
  }

  /**
   * Judges one request. Never throws: what goes wrong is a finding that denies, and what cannot be
   * known is to be asked again.
   *
   * @param now the time against which windows are held
   */
  public Decision review(Review review, ClusterView cluster, Instant now) {
    try {
      if (!cluster.synced()) {
        return retry("policies, classes and approvals", "not all of them are known yet");
      }
      return judge(new Hearing(review, cluster, now));
    } catch (NotReadyException e) {
      return retry(e.asked(), e.reason());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return Verdict.denied(Failure.finding(e));
    }
  }

  private Decision judge(Hearing hearing) {
    Review review = hearing.review();
    return switch (review.operation()) {
      case CONNECT -> InteractiveReview.judge(hearing);
      case DELETE ->
          isOurs(review, "GovernancePolicy")
              ? policies.judgeDeletion(hearing)
              : Orphaning.judgeDeletion(hearing);
      case CREATE, UPDATE -> judgeObject(hearing);
    };
  }

  private Decision judgeObject(Hearing hearing) {
    Review review = hearing.review();
    return switch (review.subresource()) {
      case "" -> judgeWhole(hearing);
      case "scale" -> scales.judge(hearing);
      // Both hold the whole pod as it would be.
      case "ephemeralcontainers", "resize" -> objects.judge(hearing);
      // Status grants nothing, and what else there is starts nothing.
      default -> Verdict.ALLOWED;
    };
  }

  private Decision judgeWhole(Hearing hearing) {
    ObjectKey target = hearing.review().target();
    if (AutoscalerReview.isAutoscaler(target)) {
      return autoscalers.judge(hearing);
    }
    if (!target.group().equals(Api.GROUP)) {
      return objects.judge(hearing);
    }
    if (!target.apiVersion().equals(Api.API_VERSION)) {
      return Verdict.denied(unknown(target));
    }
    return switch (target.kind()) {
      case "TrainingRun", "ModelDeployment" -> objects.judge(hearing);
      case "GovernancePolicy" -> policies.judge(hearing);
      case "Approval" -> approvals.judge(hearing);
      // The rules of its definition say all there is to say.
      case "AcceleratorClass" -> Verdict.ALLOWED;
      default -> Verdict.denied(unknown(target));
    };
  }

  private static boolean isOurs(Review review, String kind) {
    return review.target().group().equals(Api.GROUP) && review.target().kind().equals(kind);
  }

  private static Finding unknown(ObjectKey target) {
    return new Finding(
        ReasonCode.UnknownKind,
        "/kind",
        target.apiVersion() + " " + target.kind(),
        "a kind of " + Api.API_VERSION,
        "use the version of Comptroller that has this kind");
  }

  private static Decision retry(String asked, String reason) {
    Finding finding =
        new Finding(
            ReasonCode.NotReady, "", asked + ": " + reason, "an answer", "try again in a second");
    return new Decision(
        Decision.Outcome.RETRY, List.of(finding), List.of(), List.of(), Assessment.NONE);
  }
}
