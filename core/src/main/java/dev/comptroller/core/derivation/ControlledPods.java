package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.normalform.Differences;
import dev.comptroller.core.normalform.Differences.Difference;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.AcceleratorBypass;
import dev.comptroller.core.workload.ClaimReference;
import dev.comptroller.core.workload.ImageReference;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.Surroundings;
import dev.comptroller.core.workload.WorkloadReader;
import dev.comptroller.core.workload.kind.Kind;
import dev.comptroller.core.workload.kind.Kinds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What controllers that are no part of Kubernetes make of their objects. They add containers,
 * variables and labels of their own, which differ from one version to the next. What a child may
 * not change is what a plan is judged by: its pods hold the devices of one of the pods that the
 * owner describes, with its deadline and grace period, and run all its images. Their number is left
 * to the controller, by whose formula the owner was priced.
 */
final class ControlledPods {
  private ControlledPods() {}

  /** Whether owners of this group and kind describe the pods of their children. */
  static boolean areDescribedBy(String ownerKind) {
    return !children(ownerKind).isEmpty();
  }

  /** Whether owners of one kind have children of the other, both as group and kind. */
  static boolean areOf(String ownerKind, String childKind) {
    return children(ownerKind).contains(childKind);
  }

  /**
   * What a child's pods differ in from all pods that its owner describes.
   *
   * @throws InvalidFieldException if either cannot be read
   */
  static Optional<Difference> difference(
      KubernetesObject child, KubernetesObject owner, Surroundings around) {
    List<PodTemplate> described = templates(owner, around);
    return templates(child, around).stream()
        .map(pod -> difference(pod, described))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Difference> difference(PodTemplate pod, List<PodTemplate> described) {
    if (described.stream().anyMatch(each -> difference(pod, each).isEmpty())) {
      return Optional.empty();
    }
    return described.isEmpty()
        ? Optional.of(new Difference(pod.pointer(), held(pod), MissingNode.getInstance()))
        : difference(pod, described.getFirst());
  }

  private static Optional<Difference> difference(PodTemplate pod, PodTemplate described) {
    return Differences.first(held(pod), held(described))
        .map(
            what ->
                new Difference(
                    pod.pointer(), named(what, what.found()), named(what, what.required())))
        .or(() -> imageLeftOut(pod, described));
  }

  private static JsonNode named(Difference what, JsonNode value) {
    String name = what.pointer().substring(1).replace("~1", "/").replace("~0", "~");
    return JsonNodeFactory.instance.textNode(
        name + " " + (value.isMissingNode() ? "of none" : value.asText()));
  }

  private static Optional<Difference> imageLeftOut(PodTemplate pod, PodTemplate described) {
    List<String> images = pod.images().stream().map(ImageReference::reference).toList();
    JsonNodeFactory json = JsonNodeFactory.instance;
    return described.images().stream()
        .map(ImageReference::reference)
        .filter(image -> !images.contains(image))
        .findFirst()
        .map(
            image ->
                new Difference(
                    pod.pointer() + "/containers",
                    json.textNode(String.join(", ", images)),
                    json.textNode("the image " + image)));
  }

  /** What a pod holds, and for how long. */
  private static JsonNode held(PodTemplate pod) {
    ObjectNode held = JsonNodeFactory.instance.objectNode();
    pod.requests().stream()
        .filter(request -> request.count() > 0)
        .forEach(request -> held.put(request.resource(), request.count()));
    pod.shares().forEach(share -> held.put("share of " + share.resource(), share.amount() + ""));
    held.put("resource claims", names(pod.claims()));
    new TreeSet<>(pod.bypasses().stream().map(AcceleratorBypass::found).toList())
        .forEach(bypass -> held.put(bypass, true));
    pod.activeDeadlineSeconds().ifPresent(deadline -> held.put("activeDeadlineSeconds", deadline));
    held.put("terminationGracePeriodSeconds", pod.graceSeconds());
    return held;
  }

  private static String names(List<ClaimReference> claims) {
    return String.join(
        ", ",
        claims.stream()
            .map(claim -> claim.claim().or(claim::template).orElse("without a name"))
            .sorted()
            .toList());
  }

  private static List<PodTemplate> templates(KubernetesObject object, Surroundings around) {
    return switch (WorkloadReader.read(object, around)) {
      case Reading.Read(var workload) -> workload.templates();
      case Reading.Malformed(String pointer, String found, String required) ->
          throw new InvalidFieldException(pointer, found, required);
      case Reading.Unsupported unsupported -> List.of();
      case Reading.NotAWorkload none -> List.of();
    };
  }

  private static Set<String> children(String ownerKind) {
    return Kinds.named(ownerKind).map(Kind::children).orElse(Set.of());
  }
}
