package dev.comptroller.operator.modeldeployment;

import dev.comptroller.api.v1alpha1.ServingPod;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.operator.status.StatusFields;
import java.util.Comparator;
import java.util.List;

/** The pods that serve an endpoint, and the images they really run. */
final class ServingPods {
  /** More than these are counted, not listed. */
  private static final int MOST = 64;

  private ServingPods() {}

  /** Those of these pods that run, the first by name. */
  static List<ServingPod> of(List<KubernetesObject> pods) {
    return pods.stream()
        .filter(pod -> pod.json().at("/status/phase").asText().equals("Running"))
        .sorted(Comparator.comparing(KubernetesObject::name))
        .limit(MOST)
        .map(ServingPods::servingPod)
        .toList();
  }

  private static ServingPod servingPod(KubernetesObject pod) {
    String imageId = pod.json().at("/status/containerStatuses/0/imageID").asText("");
    return new ServingPod(pod.name(), StatusFields.text(imageId));
  }
}
