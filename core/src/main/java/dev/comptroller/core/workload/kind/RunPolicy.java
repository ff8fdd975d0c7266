package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.Holding;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Site;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How the training operator and the MPI operator end a job: all pods at the deadline, but only if
 * {@code cleanPodPolicy} has them deleted; by default they are left running.
 */
record RunPolicy(Field policy, String kind) {
  private static final Set<String> DELETING = Set.of("Running", "All");

  /** All pods until the deadline of the job. */
  Holding until(Site site, List<PodSet> podSets) {
    List<PodTemplate> templates = podSets.stream().map(PodSet::template).toList();
    Field manager = policy.get("managedBy");
    if (manager.present() && !manager.textOrEmpty().startsWith("kubeflow.org/")) {
      return new Holding.Unpriced(
          templates,
          Reason.at(
              Reason.Code.UnpricedKind,
              manager,
              manager.textOrEmpty(),
              "the controller of the kind, whose end is known"));
    }
    Field clean = policy.get("cleanPodPolicy");
    if (!DELETING.contains(clean.textOrEmpty())) {
      return new Holding.Endless(
          templates,
          Reason.at(
              Reason.Code.PodsOutliveJob,
              clean,
              clean.text().map(found -> found + ", by which").orElse("nothing, by which")
                  + " pods run on after the job",
              "Running or All"));
    }
    Field deadline = policy.get("activeDeadlineSeconds");
    OptionalLong seconds = deadline.whole();
    if (seconds.isEmpty()) {
      return new Holding.Endless(
          templates,
          Reason.at(Reason.Code.NoDeadline, deadline, "no deadline", "a deadline in seconds"));
    }
    Figure end = site.deadline(deadline, "deadline of the " + kind, seconds.getAsLong());
    return new Holding.Together(
        "all replicas until the deadline",
        podSets.stream()
            .map(set -> set.during(end.plus("deadline + grace period", set.template().grace())))
            .toList());
  }
}
