package dev.comptroller.core.workload;

import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.accelerator.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one pod is made of.
 *
 * @param pointer JSON pointer of the pod's spec
 * @param namespace where it runs; empty where that is not known
 * @param images images of all containers and image volumes
 * @param requests what the scheduler holds for the pod, one entry a resource name, without cpu,
 *     memory and the other native resources
 * @param claims its resource claims
 * @param shares parts of devices that annotations ask for
 * @param unresolved what could not be found out about it; empty if all is known
 * @param bypasses ways to accelerators around the requests
 * @param nodeSelector node labels it insists on
 * @param activeDeadlineSeconds its own deadline, counted from its start, restarts included
 * @param graceSeconds how long it may take to stop; 30 unless it says otherwise
 */
public record PodTemplate(
    String pointer,
    String namespace,
    List<ImageReference> images,
    List<ResourceRequest> requests,
    List<ClaimReference> claims,
    List<DeviceShare> shares,
    List<Reason> unresolved,
    List<AcceleratorBypass> bypasses,
    Map<String, String> nodeSelector,
    OptionalLong activeDeadlineSeconds,
    long graceSeconds) {
  /** How long a pod may take to stop if it says nothing: the API server's default. */
  public static final long DEFAULT_GRACE_SECONDS = 30;

  public PodTemplate {
    images = List.copyOf(images);
    requests = List.copyOf(requests);
    claims = List.copyOf(claims);
    shares = List.copyOf(shares);
    unresolved = List.copyOf(unresolved);
    bypasses = List.copyOf(bypasses);
    nodeSelector = Map.copyOf(nodeSelector);
  }

  /** The same pod asking for at least so much of a resource. */
  public PodTemplate asking(ResourceRequest request) {
    List<ResourceRequest> all = new ArrayList<>();
    all.add(request);
    for (ResourceRequest own : requests) {
      if (!own.resource().equals(request.resource())) {
        all.add(own);
      } else if (own.count() > request.count()) {
        all.set(0, own);
      }
    }
    return new PodTemplate(
        pointer,
        namespace,
        images,
        all,
        claims,
        shares,
        unresolved,
        bypasses,
        nodeSelector,
        activeDeadlineSeconds,
        graceSeconds);
  }

  /** How long it may take to stop, still holding what it holds. */
  public Figure grace() {
    return Figure.seconds(pointer + "/terminationGracePeriodSeconds", "grace period", graceSeconds);
  }

  /** Its own deadline, if it has one. */
  public Optional<Figure> deadline() {
    return activeDeadlineSeconds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Figure.deadline(
                pointer + "/activeDeadlineSeconds",
                "pod deadline",
                activeDeadlineSeconds.getAsLong()));
  }

  /** Whether it asks for, or reaches, anything that is or may be an accelerator. */
  public boolean needsAccelerators(AcceleratorCatalogue catalogue) {
    return !claims.isEmpty()
        || !shares.isEmpty()
        || !bypasses.isEmpty()
        || requests.stream().anyMatch(request -> isAccelerator(request, catalogue));
  }

  private static boolean isAccelerator(ResourceRequest request, AcceleratorCatalogue catalogue) {
    return request.count() > 0
        && (catalogue.isUnknownAccelerator(request.resource())
            || !catalogue.weightOf(request.resource()).orElse(Weight.ZERO).isZero());
  }
}
