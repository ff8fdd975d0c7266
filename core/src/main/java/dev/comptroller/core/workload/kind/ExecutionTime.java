package dev.comptroller.core.workload.kind;

import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.Holding;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.Site;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Kueue's maximum execution time, which stops a workload whatever its retries. It counts only where
 * the platform has set it: a user may change the label while the workload is suspended.
 */
final class ExecutionTime {
  private static final String LABEL = "kueue.x-k8s.io/max-exec-time-seconds";
  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,17}");

  private ExecutionTime() {}

  /** What is left of a holding if the pods are stopped after the maximum execution time. */
  static Holding limit(Field object, Site site, List<PodSet> podSets, Holding holding) {
    Optional<Figure> most = most(object, site);
    if (most.isEmpty()) {
      return holding;
    }
    List<Holding> stopped =
        podSets.stream()
            .map(
                set ->
                    set.during(
                        most.get().plus("execution time + grace period", set.template().grace())))
            .toList();
    return new Holding.Least(
        "the smaller of the formula of the kind and the maximum execution time",
        List.of(holding, new Holding.Together("all pods at once", stopped)));
  }

  private static Optional<Figure> most(Field object, Site site) {
    Field label = object.get("metadata").get("labels").get(LABEL);
    if (!site.around().platformLabels().contains(LABEL)
        || !SECONDS.matcher(label.textOrEmpty()).matches()) {
      return Optional.empty();
    }
    long seconds = Long.parseLong(label.textOrEmpty());
    for (KubernetesObject workload : site.all("kueue.x-k8s.io/Workload")) {
      if (KueueWorkloads.isOf(workload, object)) {
        OptionalLong really =
            Field.of(workload).get("spec").get("maximumExecutionTimeSeconds").whole();
        seconds = Math.max(seconds, really.orElse(Long.MAX_VALUE));
      }
    }
    return Optional.of(Figure.deadline(label.pointer(), "maximum execution time", seconds));
  }
}
