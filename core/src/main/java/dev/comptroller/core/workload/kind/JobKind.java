package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.List;

/** A Job: its spec, and what Kueue's maximum execution time leaves of it. */
final class JobKind implements Kind {
  @Override
  public String name() {
    return "batch/Job";
  }

  @Override
  public Workload read(Field object, Site site) {
    JobSpec job = JobSpec.read(object.get("spec"), site);
    return new Workload(
        "Job",
        List.of(job.pods()),
        ExecutionTime.limit(object, site, List.of(job.pods()), job.holding()));
  }
}
