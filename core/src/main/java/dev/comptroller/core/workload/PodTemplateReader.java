package dev.comptroller.core.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what has the shape of a pod: metadata and spec. */
public final class PodTemplateReader {
  private PodTemplateReader() {}

  /** Reads a pod template, or a pod. */
  public static PodTemplate read(Field pod, Site site) {
    Field annotations = pod.required("a pod template").get("metadata").get("annotations");
    return read(pod.get("spec").required("the spec of a pod"), annotations, site);
  }

  /** Reads the spec of a pod and the annotations it will have. */
  public static PodTemplate read(Field spec, Field annotations, Site site) {
    LimitRanges limits = LimitRanges.of(site);
    Optional<Field> runtimeClass = runtimeClass(spec, site);
    List<Field> containers = containers(spec);
    List<ResourceRequest> requests = PodRequests.of(spec, runtimeClass, limits).list();
    List<DeviceShare> shares = new ArrayList<>(DeviceShares.of(annotations));
    shares.addAll(DeviceShares.of(requests));
    return new PodTemplate(
        spec.pointer(),
        site.namespace(),
        images(spec, containers),
        requests.stream().filter(request -> !DeviceShares.isShare(request)).toList(),
        spec.get("resourceClaims").elements().stream().map(ClaimReference::of).toList(),
        shares,
        unresolved(spec, runtimeClass, site),
        Bypasses.of(annotations, spec, containers),
        spec.get("nodeSelector").texts(),
        spec.get("activeDeadlineSeconds").whole(),
        spec.get("terminationGracePeriodSeconds")
            .whole()
            .orElse(PodTemplate.DEFAULT_GRACE_SECONDS));
  }

  /** Reads a container that is described without a pod, with its variables as a map. */
  public static PodTemplate readContainer(Field container, Site site) {
    return new PodTemplate(
        container.pointer(),
        site.namespace(),
        List.of(ImageReference.of(container.get("image"))),
        PodRequests.ofContainer(container, LimitRanges.of(site)).list(),
        List.of(),
        List.of(),
        List.of(),
        Bypasses.ofVariables(container.get("env")),
        container.get("nodeSelector").texts(),
        OptionalLong.empty(),
        PodTemplate.DEFAULT_GRACE_SECONDS);
  }

  /** What one container asks for by itself. */
  public static List<ResourceRequest> requests(Field container) {
    return PodRequests.ofContainer(container, LimitRanges.NONE).list();
  }

  private static List<Field> containers(Field spec) {
    List<Field> all = new ArrayList<>();
    for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
      all.addAll(spec.get(list).elements());
    }
    return all;
  }

  private static List<ImageReference> images(Field spec, List<Field> containers) {
    List<ImageReference> images = new ArrayList<>();
    containers.forEach(container -> images.add(ImageReference.of(container.get("image"))));
    for (Field volume : spec.get("volumes").elements()) {
      Field image = volume.get("image");
      if (image.present()) {
        images.add(ImageReference.of(image.get("reference")));
      }
    }
    return images;
  }

  private static Optional<Field> runtimeClass(Field spec, Site site) {
    return spec.get("runtimeClassName")
        .text()
        .flatMap(name -> site.findInCluster("node.k8s.io/RuntimeClass", name));
  }

  /** A RuntimeClass may add accelerators to every pod that names it. */
  private static List<Reason> unresolved(Field spec, Optional<Field> runtimeClass, Site site) {
    Field name = spec.get("runtimeClassName");
    boolean known =
        !name.present()
            || runtimeClass.isPresent()
            || spec.get("overhead").present()
            || !site.around().complete();
    return known
        ? List.of()
        : List.of(
            Reason.at(
                Reason.Code.RuntimeClassNotFound,
                name,
                "the RuntimeClass " + name.textOrEmpty() + ", which is not known",
                "that RuntimeClass among what is known"));
  }
}
