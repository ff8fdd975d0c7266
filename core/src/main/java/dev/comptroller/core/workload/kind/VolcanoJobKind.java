package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.Holding;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplateReader;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A Volcano Job: runs x the sum of its tasks x (pod deadline + grace period). It has no deadline of
 * its own, and {@code maxRetry} counts runs, not retries.
 */
final class VolcanoJobKind implements Kind {
  /** What the admission of Volcano makes of no runs, and of none that are stated. */
  private static final long DEFAULT_RUNS = 3;

  @Override
  public String name() {
    return "batch.volcano.sh/Job";
  }

  @Override
  public Set<String> children() {
    return Set.of("Pod");
  }

  @Override
  public Workload read(Field object, Site site) {
    Field spec = object.get("spec").required("the spec of a Volcano Job");
    Field maxRetry = spec.get("maxRetry");
    long stated = maxRetry.whole().orElse(0);
    Figure runs = Figure.number(maxRetry.pointer(), "runs", stated == 0 ? DEFAULT_RUNS : stated);
    List<PodSet> podSets = new ArrayList<>();
    List<Holding> tasks = new ArrayList<>();
    for (Field task : spec.get("tasks").elements()) {
      Field replicas = task.get("replicas");
      PodSet pods =
          new PodSet(
              PodTemplateReader.read(task.get("template"), site),
              Figure.pods(replicas.pointer(), "replicas", replicas.whole().orElse(1)));
      podSets.add(pods);
      tasks.add(pods.untilTheirDeadline());
    }
    return new Workload(
        "Job", podSets, new Holding.Repeated(runs, new Holding.Together("all tasks", tasks)));
  }
}
