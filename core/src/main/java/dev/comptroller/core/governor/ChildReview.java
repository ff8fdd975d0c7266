package dev.comptroller.core.governor;

import dev.comptroller.core.derivation.ControllerIdentities;
import dev.comptroller.core.derivation.DerivationVerdict;
import dev.comptroller.core.derivation.Derived;
import dev.comptroller.core.derivation.NotDerived;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.object.OwnerReference;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Judges what a controller makes. It needs no signature of its own: it must be what its owner
 * stands for, made by the owner's controller, and the owner is judged again from its spec.
 */
final class ChildReview {
  /** Pod, ReplicaSet, Deployment, ModelDeployment is the longest chain there is. */
  private static final int LONGEST_CHAIN = 5;

  private final PlanReview plans;

  ChildReview(PlanReview plans) {
    this.plans = plans;
  }

  /** Whether children of this owner are known by what they are made from. */
  static boolean isJudgedBy(OwnerReference owner, ControllerIdentities identities) {
    return Plan.isOwnKind(owner.apiVersion(), owner.kind())
        || identities.usersByOwnerKind().containsKey(kindOf(owner));
  }

  Decision judge(Hearing hearing, Plan child) {
    return judge(hearing, child, owner -> judgeOwner(hearing, child, owner));
  }

  /** Judges a child that starts nothing: it is suspended, so its owner need not be allowed. */
  Decision judgeSuspension(Hearing hearing, Plan child) {
    return judge(hearing, child, owner -> Verdict.ALLOWED);
  }

  private static Decision judge(
      Hearing hearing, Plan child, Function<KubernetesObject, Decision> ofOwner) {
    Optional<KubernetesObject> owner = owner(hearing, child.object());
    if (owner.isEmpty()) {
      return ObjectReview.structural(hearing, child, noOwner(child.object()));
    }
    DerivationVerdict derivation =
        Derived.check(
            child.object(),
            owner.get(),
            hearing.review().requester().username(),
            hearing.cluster().identities(),
            hearing.cluster().surroundings());
    return switch (derivation) {
      case NotDerived(Finding finding) -> ObjectReview.structural(hearing, child, finding);
      case Derived derived -> ofOwner.apply(owner.get());
    };
  }

  /** Judges a child whose form stays and whose number of pods grows, or which is resumed. */
  Decision judgeScaling(Hearing hearing, Plan child) {
    Optional<KubernetesObject> owner = owner(hearing, child.object());
    if (owner.isEmpty()) {
      return ObjectReview.structural(hearing, child, noOwner(child.object()));
    }
    // An old ReplicaSet differs from its Deployment while a rollout is stuck; it was judged when
    // it was made, and its form stays as it was.
    OwnerReference reference = child.object().controller().orElseThrow();
    String user = hearing.review().requester().username();
    return hearing.cluster().identities().creates(group(reference), reference.kind(), user)
        ? judgeOwner(hearing, child, owner.get())
        : ObjectReview.structural(hearing, child, notItsController(reference, user));
  }

  private Decision judgeOwner(Hearing hearing, Plan child, KubernetesObject owner) {
    Decision decision = judgeChain(hearing, owner, 1);
    if (decision.outcome() != Decision.Outcome.ALLOWED) {
      decision =
          began(owner)
              .map(began -> new Hearing(hearing.review(), hearing.cluster(), began))
              .map(then -> judgeChain(then, owner, 1))
              .filter(then -> then.outcome() == Decision.Outcome.ALLOWED)
              .orElse(decision);
    }
    Decision.Outcome outcome =
        decision.outcome() == Decision.Outcome.HELD ? Decision.Outcome.DENIED : decision.outcome();
    Assessment found = decision.assessment();
    return new Decision(
        outcome,
        decision.findings(),
        decision.warnings(),
        decision.audits(),
        new Assessment(
            Optional.empty(),
            child.gpuHours(),
            found.tier(),
            found.signedBy(),
            found.approvedBy()));
  }

  /**
   * When a Job that runs was made. What its windows allowed then they allow until it ends, since
   * its hours count every retry; a Job that is resumed is judged again by the time of its
   * resumption.
   */
  private static Optional<Instant> began(KubernetesObject owner) {
    boolean runs =
        owner.apiVersion().equals("batch/v1")
            && owner.kind().equals("Job")
            && !owner.spec().path("suspend").asBoolean(false);
    String created = owner.metadata().path("creationTimestamp").asText("");
    return runs && !created.isEmpty() ? Optional.of(Instant.parse(created)) : Optional.empty();
  }

  private Decision judgeChain(Hearing hearing, KubernetesObject object, int length) {
    Hearing again =
        new Hearing(Review.create(object, Requester.NOBODY), hearing.cluster(), hearing.now());
    Plan plan = Plan.of(object, hearing.cluster());
    Optional<OwnerReference> reference =
        object.controller().filter(owner -> isJudgedBy(owner, hearing.cluster().identities()));
    if (reference.isEmpty()) {
      return plans.judge(again, plan);
    }
    Optional<KubernetesObject> owner = owner(hearing, object);
    if (owner.isEmpty() || length >= LONGEST_CHAIN) {
      return ObjectReview.structural(again, plan, noOwner(object));
    }
    if (owner.get().kind().equals("TrainingRun")
        && rederived(hearing, object, owner.get(), reference.get())
            instanceof NotDerived(Finding finding)) {
      return Verdict.denied(finding);
    }
    return judgeChain(hearing, owner.get(), length + 1);
  }

  /** A run never changes, so what was made from it must still be what it stands for. */
  private static DerivationVerdict rederived(
      Hearing hearing, KubernetesObject child, KubernetesObject owner, OwnerReference reference) {
    ControllerIdentities identities = hearing.cluster().identities();
    String maker =
        identities.usersByOwnerKind().getOrDefault(kindOf(reference), Set.of()).stream()
            .sorted()
            .findFirst()
            .orElse("");
    return Derived.check(child, owner, maker, identities, hearing.cluster().surroundings());
  }

  /** The live owner that the controller reference names; empty if there is none with that UID. */
  private static Optional<KubernetesObject> owner(Hearing hearing, KubernetesObject child) {
    OwnerReference reference = child.controller().orElseThrow();
    ObjectKey key =
        new ObjectKey(
            reference.apiVersion(), reference.kind(), child.namespace(), reference.name());
    return hearing
        .object(key)
        .filter(owner -> !reference.uid().isEmpty() && owner.uid().equals(reference.uid()));
  }

  private static Finding noOwner(KubernetesObject child) {
    OwnerReference reference = child.controller().orElseThrow();
    return new Finding(
        ReasonCode.NotDerived,
        "/metadata/ownerReferences",
        "the controller " + reference.kind() + " " + reference.name() + ", which does not exist",
        "a live owner with the UID " + reference.uid(),
        "remove the owner reference and sign the object, or create its owner");
  }

  private static Finding notItsController(OwnerReference reference, String user) {
    return new Finding(
        ReasonCode.NotDerived,
        "",
        "a change by " + (user.isEmpty() ? "nobody" : user),
        "a change by the controller of " + reference.kind() + " objects",
        "change the " + reference.kind() + " " + reference.name() + " instead");
  }

  private static String group(OwnerReference owner) {
    int slash = owner.apiVersion().indexOf('/');
    return slash < 0 ? "" : owner.apiVersion().substring(0, slash);
  }

  private static String kindOf(OwnerReference owner) {
    return new ObjectKey(owner.apiVersion(), owner.kind(), "", "").groupAndKind();
  }
}
