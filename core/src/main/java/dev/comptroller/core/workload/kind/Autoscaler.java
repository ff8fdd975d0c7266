package dev.comptroller.core.workload.kind;

import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.Site;

/** What a HorizontalPodAutoscaler or a KEDA ScaledObject may scale an object to. */
final class Autoscaler {
  /** KEDA's default of {@code maxReplicaCount}. */
  private static final long KEDA_DEFAULT_MAXIMUM = 100;

  private Autoscaler() {}

  /**
   * The most replicas an object may have: what it says itself, or the maximum of an autoscaler that
   * names it, whichever is more.
   */
  static Figure most(Field object, Site site, Figure own) {
    Figure most = own;
    for (KubernetesObject found : site.all("autoscaling/HorizontalPodAutoscaler")) {
      Field spec = Field.of(found).get("spec");
      if (targets(spec.get("scaleTargetRef"), object, "")) {
        Field maximum = spec.get("maxReplicas").required("the most replicas");
        most = most.max(replicas(maximum, maximum.whole().orElse(0)));
      }
    }
    for (KubernetesObject found : site.all("keda.sh/ScaledObject")) {
      Field spec = Field.of(found).get("spec");
      if (targets(spec.get("scaleTargetRef"), object, "Deployment")) {
        Field maximum = spec.get("maxReplicaCount");
        most = most.max(replicas(maximum, maximum.whole().orElse(KEDA_DEFAULT_MAXIMUM)));
      }
    }
    return most;
  }

  private static Figure replicas(Field maximum, long replicas) {
    return Figure.pods(maximum.pointer(), "replicas, autoscaled", replicas);
  }

  private static boolean targets(Field target, Field object, String defaultKind) {
    String name = object.get("metadata").get("name").textOrEmpty();
    return !name.isEmpty()
        && target.get("name").textOrEmpty().equals(name)
        && target.get("kind").text().orElse(defaultKind).equals(object.get("kind").textOrEmpty());
  }
}
