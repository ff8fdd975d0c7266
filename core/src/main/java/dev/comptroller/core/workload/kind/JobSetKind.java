package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.Set;

/** A JobSet: its spec, and what Kueue's maximum execution time leaves of it. */
final class JobSetKind implements Kind {
  @Override
  public String name() {
    return "jobset.x-k8s.io/JobSet";
  }

  @Override
  public Set<String> children() {
    return Set.of("batch/Job");
  }

  @Override
  public Workload read(Field object, Site site) {
    JobSetSpec jobs = JobSetSpec.read(object.get("spec"), site);
    return new Workload(
        "JobSet",
        jobs.podSets(),
        ExecutionTime.limit(object, site, jobs.podSets(), jobs.holding()));
  }
}
