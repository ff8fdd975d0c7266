package dev.comptroller.core.workload;

import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.accelerator.Weight;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What one pod is made of.
 *
 * @param pointer JSON pointer of the pod's spec
 * @param images images of all containers and image volumes
 * @param requests what the scheduler holds for the pod, one entry a resource name, without cpu,
 *     memory and the other native resources
 * @param claims JSON pointers of its resource claims
 * @param bypasses ways to accelerators around the requests
 * @param nodeSelector node labels it insists on
 * @param activeDeadlineSeconds its own deadline, counted from its start, restarts included
 * @param graceSeconds how long it may take to stop; 30 unless it says otherwise
 */
public record PodTemplate(
    String pointer,
    List<ImageReference> images,
    List<ResourceRequest> requests,
    List<String> claims,
    List<AcceleratorBypass> bypasses,
    Map<String, String> nodeSelector,
    OptionalLong activeDeadlineSeconds,
    long graceSeconds) {
  /** How long a pod may take to stop if it says nothing: the API server's default. */
  static final long DEFAULT_GRACE_SECONDS = 30;

  public PodTemplate {
    images = List.copyOf(images);
    requests = List.copyOf(requests);
    claims = List.copyOf(claims);
    bypasses = List.copyOf(bypasses);
    nodeSelector = Map.copyOf(nodeSelector);
  }

  /** Whether it asks for, or reaches, anything that is or may be an accelerator. */
  public boolean needsAccelerators(AcceleratorCatalogue catalogue) {
    return !claims.isEmpty()
        || !bypasses.isEmpty()
        || requests.stream().anyMatch(request -> isAccelerator(request, catalogue));
  }

  private static boolean isAccelerator(ResourceRequest request, AcceleratorCatalogue catalogue) {
    return request.count() > 0
        && (catalogue.isUnknownAccelerator(request.resource())
            || !catalogue.weightOf(request.resource()).orElse(Weight.ZERO).isZero());
  }
}
