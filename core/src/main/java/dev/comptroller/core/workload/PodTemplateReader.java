package dev.comptroller.core.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what has the shape of a pod: metadata and spec. */
final class PodTemplateReader {
  private PodTemplateReader() {}

  static PodTemplate read(Field pod) {
    Field spec = pod.required("a pod template").get("spec").required("the spec of a pod");
    List<Field> containers = containers(spec);
    return new PodTemplate(
        spec.pointer(),
        images(spec, containers),
        PodRequests.of(spec).list(),
        spec.get("resourceClaims").elements().stream().map(Field::pointer).toList(),
        Bypasses.of(pod.get("metadata").get("annotations"), spec, containers),
        strings(spec.get("nodeSelector")),
        spec.get("activeDeadlineSeconds").whole(),
        spec.get("terminationGracePeriodSeconds")
            .whole()
            .orElse(PodTemplate.DEFAULT_GRACE_SECONDS));
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

  private static Map<String, String> strings(Field field) {
    Map<String, String> strings = new LinkedHashMap<>();
    field.members().forEach((name, value) -> strings.put(name, value.text().orElse("")));
    return strings;
  }
}
