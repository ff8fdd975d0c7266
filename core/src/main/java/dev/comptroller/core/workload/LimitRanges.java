package dev.comptroller.core.workload;

import dev.comptroller.core.object.KubernetesObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What the limit ranges of a namespace give to containers that do not say it themselves. Where
 * several disagree, the larger counts: nobody knows which is asked first.
 *
 * @param requests objects of quantities by resource name
 * @param limits objects of quantities by resource name
 */
record LimitRanges(List<Field> requests, List<Field> limits) {
  static final LimitRanges NONE = new LimitRanges(List.of(), List.of());

  static LimitRanges of(Site site) {
    List<KubernetesObject> ranges = site.all("LimitRange");
    if (ranges.isEmpty()) {
      return NONE;
    }
    List<Field> requests = new ArrayList<>();
    List<Field> limits = new ArrayList<>();
    for (KubernetesObject range : ranges) {
      for (Field limit : Field.of(range).get("spec").get("limits").elements()) {
        if (limit.get("type").textOrEmpty().equals("Container")) {
          requests.add(limit.get("defaultRequest"));
          limits.add(limit.get("default"));
        }
      }
    }
    return new LimitRanges(requests, limits);
  }

  boolean isEmpty() {
    return requests.isEmpty() && limits.isEmpty();
  }
}
