package dev.comptroller.core.governor;

import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.workload.Surroundings;
import java.util.Optional;
import java.util.Set;

/**
 * Judges an autoscaler as the change that it is to what it scales: the number of pods that it
 * allows is the number that is priced.
 */
final class AutoscalerReview {
  private static final Set<String> KINDS =
      Set.of("autoscaling/HorizontalPodAutoscaler", "keda.sh/ScaledObject");

  private final ObjectReview objects;

  AutoscalerReview(ObjectReview objects) {
    this.objects = objects;
  }

  /** Whether objects of this kind scale others. */
  static boolean isAutoscaler(ObjectKey key) {
    return KINDS.contains(key.groupAndKind());
  }

  Decision judge(Hearing hearing) {
    Review review = hearing.review();
    KubernetesObject autoscaler = review.object().orElseThrow();
    ObjectKey target = target(autoscaler);
    if (target.kind().isEmpty() || target.name().isEmpty()) {
      // Its own definition refuses it, or it scales nothing.
      return Verdict.ALLOWED;
    }
    Optional<KubernetesObject> scaled = hearing.object(target);
    if (scaled.isEmpty()) {
      // What is created later is priced with the autoscalers that there are.
      return Verdict.ALLOWED;
    }
    Surroundings around = hearing.cluster().surroundings();
    Surroundings before =
        review.oldObject().map(around::with).orElseGet(() -> around.without(autoscaler.key()));
    Hearing change =
        new Hearing(
            Review.update(scaled.get(), scaled.get(), review.requester()),
            new SurroundedView(hearing.cluster(), around.with(autoscaler)),
            hearing.now());
    return objects.judgeSurroundings(change, before);
  }

  private static ObjectKey target(KubernetesObject autoscaler) {
    var reference = autoscaler.spec().path("scaleTargetRef");
    // KEDA's defaults; the other kind of autoscaler requires both.
    return new ObjectKey(
        reference.path("apiVersion").asText("apps/v1"),
        reference.path("kind").asText("Deployment"),
        autoscaler.namespace(),
        reference.path("name").asText(""));
  }
}
