package dev.comptroller.core.governor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import java.util.Optional;

/** Deleting a parent so that its children run on has two ways, and both are closed. */
final class Orphaning {
  private static final String ORPHAN = "Orphan";
  private static final String FINALIZER = "orphan";

  private Orphaning() {}

  static Decision judgeDeletion(Hearing hearing) {
    Review review = hearing.review();
    if (review.propagationPolicy().filter(ORPHAN::equals).isEmpty()
        || review.oldObject().isEmpty()) {
      return Verdict.ALLOWED;
    }
    var accelerators = hearing.cluster().accelerators();
    Plan plan = Plan.of(review.oldObject().get(), hearing.cluster());
    return plan.isOfInterest(accelerators)
        ? ObjectReview.structural(hearing, plan, finding("", "propagationPolicy Orphan"))
        : Verdict.ALLOWED;
  }

  static Optional<Finding> byFinalizer(Optional<KubernetesObject> before, KubernetesObject after) {
    return has(after) && before.filter(Orphaning::has).isEmpty()
        ? Optional.of(finding("/metadata/finalizers", "the finalizer " + FINALIZER))
        : Optional.empty();
  }

  private static boolean has(KubernetesObject object) {
    for (JsonNode finalizer : object.metadata().path("finalizers")) {
      if (finalizer.asText().equals(FINALIZER)) {
        return true;
      }
    }
    return false;
  }

  private static Finding finding(String pointer, String found) {
    return new Finding(
        ReasonCode.Orphaning,
        pointer,
        found,
        "deletion of the children with their parent, which bounds them",
        "delete with --cascade=background or --cascade=foreground");
  }
}
