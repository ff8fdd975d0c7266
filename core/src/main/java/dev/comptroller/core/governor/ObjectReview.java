package dev.comptroller.core.governor;

import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.workload.Surroundings;
import java.util.List;
import java.util.Optional;

/** Judges the creation and the change of whatever runs pods. */
final class ObjectReview {
  private final PlanReview plans;
  private final ChildReview children;

  ObjectReview(PlanReview plans, ChildReview children) {
    this.plans = plans;
    this.children = children;
  }

  Decision judge(Hearing hearing) {
    Review review = hearing.review();
    Plan after = Plan.of(review.object().orElseThrow(), hearing.cluster());
    return review.oldObject().isPresent()
        ? judgeChange(hearing, review.oldObject().get(), after)
        : judgeNew(hearing, after);
  }

  private Decision judgeNew(Hearing hearing, Plan plan) {
    if (!plan.isOfInterest(hearing.cluster().accelerators())) {
      return Verdict.ALLOWED;
    }
    Optional<Finding> orphaning = Orphaning.byFinalizer(Optional.empty(), plan.object());
    return orphaning.isPresent()
        ? structural(hearing, plan, orphaning.get())
        : judgeWhole(hearing, plan);
  }

  /** Judges an object that stays as it is while what it is priced by changes. */
  Decision judgeSurroundings(Hearing hearing, Surroundings before) {
    KubernetesObject object = hearing.review().object().orElseThrow();
    Plan priced = Plan.of(object, hearing.cluster());
    Plan was = Plan.of(object, new SurroundedView(hearing.cluster(), before));
    return priced.isOfInterest(hearing.cluster().accelerators())
            && Change.between(was, priced).dearer()
        ? judgeChange(hearing, was, priced)
        : Verdict.ALLOWED;
  }

  private Decision judgeChange(Hearing hearing, KubernetesObject old, Plan after) {
    var accelerators = hearing.cluster().accelerators();
    Plan before = Plan.of(old, hearing.cluster());
    if (!before.isOfInterest(accelerators) && !after.isOfInterest(accelerators)) {
      return Verdict.ALLOWED;
    }
    return judgeChange(hearing, before, after);
  }

  /** Judges what becomes of an object that is of interest before or after the change. */
  Decision judgeChange(Hearing hearing, Plan before, Plan after) {
    Optional<Finding> orphaning =
        Orphaning.byFinalizer(Optional.of(before.object()), after.object());
    if (orphaning.isPresent()) {
      return structural(hearing, before, orphaning.get());
    }
    Change change = Change.between(before, after);
    if (change.controller()) {
      return structural(hearing, before, controllerChanged(before, after));
    }
    if (isSuspensionOfOurChild(change, after)) {
      return children.judgeSuspension(hearing, after);
    }
    if (change.isNone()) {
      return unchanged(hearing, after);
    }
    if (change.plan() && after.isOwnKind() && after.object().kind().equals("TrainingRun")) {
      return Verdict.denied(planChanged());
    }
    return change.plan() || !isJudgedByOwner(hearing, after)
        ? judgeWhole(hearing, after)
        : children.judgeScaling(hearing, after);
  }

  /**
   * What a run made is suspended by the operator, which counts the hours it has used: whoever else
   * did it would start its deadline anew.
   */
  private static boolean isSuspensionOfOurChild(Change change, Plan after) {
    return after.claimsOwnKind() && after.isSuspended() && (change.suspended() || change.plan());
  }

  private Decision judgeWhole(Hearing hearing, Plan plan) {
    return isJudgedByOwner(hearing, plan)
        ? children.judge(hearing, plan)
        : plans.judge(hearing, plan);
  }

  /** Where nobody governs, nobody waits for an owner to be found. */
  private static boolean isJudgedByOwner(Hearing hearing, Plan plan) {
    boolean governed = plan.isOwnKind() || plan.claimsOwnKind() || !hearing.policies().isEmpty();
    return governed
        && plan.object()
            .controller()
            .filter(owner -> ChildReview.isJudgedBy(owner, hearing.cluster().identities()))
            .isPresent();
  }

  /** What was there before may stay, so that it can also end; its owner is told what is wrong. */
  private Decision unchanged(Hearing hearing, Plan plan) {
    if (plan.object().deleting() || plan.object().controller().isPresent()) {
      return Verdict.ALLOWED;
    }
    try {
      return Verdict.asWarnings(plans.judge(hearing, plan));
    } catch (NotReadyException e) {
      return Verdict.ALLOWED;
    } catch (RuntimeException | StackOverflowError e) {
      return Verdict.warned(Assessment.NONE, List.of(Failure.finding(e)));
    }
  }

  /** Our own kinds and what is made from them are bound by their form under every policy. */
  static Decision structural(Hearing hearing, Plan plan, Finding finding) {
    return plan.isOwnKind() || plan.claimsOwnKind()
        ? Verdict.denied(finding)
        : Verdict.under(hearing.policies(), finding);
  }

  private static Finding controllerChanged(Plan before, Plan after) {
    return new Finding(
        ReasonCode.ControllerChanged,
        "/metadata/ownerReferences",
        named(after),
        named(before) + ", as it was",
        "delete the object instead; its controller makes another if it needs one");
  }

  private static String named(Plan plan) {
    return plan.object()
        .controller()
        .map(owner -> "the controller " + owner.kind() + " " + owner.name())
        .orElse("no controller");
  }

  private static Finding planChanged() {
    return new Finding(
        ReasonCode.PlanChanged,
        "/spec",
        "another plan than the one that was created",
        "the same plan; only suspend may change",
        "create a run with another name for the new plan, and sign it");
  }
}
