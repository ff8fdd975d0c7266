package dev.comptroller.core.governor;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.workload.kind.Kind;
import dev.comptroller.core.workload.kind.Kinds;
import java.util.Optional;

/** Judges the scale subresource as the change of its parent that it is. */
final class ScaleReview {
  private final ObjectReview objects;

  ScaleReview(ObjectReview objects) {
    this.objects = objects;
  }

  Decision judge(Hearing hearing) {
    Review review = hearing.review();
    if (Plan.isOwnKind(review.target().apiVersion(), review.target().kind())) {
      // Its bounds are signed and priced, and its definition keeps the number within them.
      return Verdict.ALLOWED;
    }
    Optional<KubernetesObject> parent = hearing.object(review.target());
    if (parent.isEmpty()) {
      return Verdict.denied(
          new Finding(
              ReasonCode.InvalidObject,
              "",
              "no " + review.target(),
              "an object that can be scaled",
              ""));
    }
    JsonNode replicas = review.object().orElseThrow().spec().path("replicas");
    JsonPointer scaledField =
        JsonPointer.compile(
            Kinds.named(review.target().groupAndKind())
                .map(Kind::replicas)
                .orElse("/spec/replicas"));
    ObjectNode scaled = parent.get().json().deepCopy();
    scaled
        .withObject(scaledField.head())
        .put(scaledField.last().getMatchingProperty(), replicas.asLong(0));
    Hearing change =
        new Hearing(
            Review.update(parent.get(), new KubernetesObject(scaled), review.requester()),
            hearing.cluster(),
            hearing.now());
    return objects.judge(change);
  }
}
