package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.Holding;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The spec of a JobSet, alone or in a training runtime: (restarts + 1) x the sum of its Jobs. A
 * restart makes all Jobs anew, with fresh deadlines. Where every failure restarts one Job only,
 * restarts cost the largest Job each. That Jobs wait for each other lowers nothing.
 *
 * @param jobs its replicated jobs
 * @param restarts how often it may restart
 * @param restartsOneJob whether every failure restarts the failed Job alone
 * @param uncounted a rule that restarts it without counting, if there is one
 * @param managedBy the field that names who reconciles it instead of the JobSet controller
 */
record JobSetSpec(
    List<ReplicatedJob> jobs,
    Figure restarts,
    boolean restartsOneJob,
    Optional<Field> uncounted,
    Optional<Field> managedBy) {
  private static final String JOB_SET_CONTROLLER = "jobset.sigs.k8s.io/jobset-controller";

  /**
   * Jobs of one template.
   *
   * @param replicas how many
   */
  record ReplicatedJob(Figure replicas, JobSpec job) {

    PodSet pods() {
      Figure pods = job.pods().pods();
      return new PodSet(
          job.pods().template(), pods.times("pods at once of all replicas", replicas));
    }

    Holding all(Holding one) {
      return replicas.isZero() ? Holding.nothing() : new Holding.Repeated(replicas, one);
    }
  }

  static JobSetSpec read(Field spec, Site site) {
    spec.required("the spec of a JobSet");
    List<ReplicatedJob> jobs = new ArrayList<>();
    for (Field replicated : spec.get("replicatedJobs").elements()) {
      Field replicas = replicated.get("replicas");
      jobs.add(
          new ReplicatedJob(
              Figure.number(replicas.pointer(), "replicas", replicas.whole().orElse(1)),
              JobSpec.read(replicated.get("template").get("spec"), site.fresh())));
    }
    Field policy = spec.get("failurePolicy");
    Field maxRestarts = policy.get("maxRestarts");
    List<Field> rules = policy.get("rules").elements();
    return new JobSetSpec(
        List.copyOf(jobs),
        Figure.number(maxRestarts.pointer(), "restarts", maxRestarts.whole().orElse(0)),
        restartsOneJob(rules),
        rules.stream()
            .map(rule -> rule.get("action"))
            .filter(action -> action.textOrEmpty().endsWith("IgnoreMaxRestarts"))
            .findFirst(),
        Optional.of(spec.get("managedBy"))
            .filter(
                manager ->
                    manager.text().filter(by -> !by.equals(JOB_SET_CONTROLLER)).isPresent()));
  }

  /** What no rule before says otherwise about, and no rule at all, restarts the whole set. */
  private static boolean restartsOneJob(List<Field> rules) {
    for (Field rule : rules) {
      String action = rule.get("action").textOrEmpty();
      boolean all =
          rule.get("onJobFailureReasons").elements().isEmpty()
              && rule.get("onJobFailureMessagePatterns").elements().isEmpty()
              && rule.get("targetReplicatedJobs").elements().isEmpty();
      if (action.equals("RestartJob") && all) {
        return true;
      }
      if (!action.equals("RestartJob") && !action.equals("FailJobSet")) {
        return false;
      }
    }
    return false;
  }

  /** All pods at once. */
  List<PodSet> podSets() {
    return jobs.stream().map(ReplicatedJob::pods).toList();
  }

  private List<PodTemplate> templates() {
    return jobs.stream().map(job -> job.job().pods().template()).toList();
  }

  /** All pods of all Jobs and restarts. */
  Holding holding() {
    if (managedBy.isPresent()) {
      return new Holding.Unpriced(
          templates(),
          Reason.at(
              Reason.Code.UnpricedKind,
              managedBy.get(),
              managedBy.get().textOrEmpty(),
              "the JobSet controller, whose restarts are known"));
    }
    if (uncounted.isPresent()) {
      return new Holding.Endless(
          templates(),
          Reason.at(
              Reason.Code.IgnoreMaxRestarts,
              uncounted.get(),
              uncounted.get().textOrEmpty(),
              "an action that counts, such as RestartJobSet"));
    }
    Holding once =
        new Holding.Sum(
            "the sum of the Jobs", jobs.stream().map(job -> job.all(job.job().holding())).toList());
    if (restarts.isZero()) {
      return once;
    }
    if (!restartsOneJob) {
      Figure first = Figure.number("", "first run", 1);
      return new Holding.Repeated(restarts.plus("runs, restarts included", first), once);
    }
    Holding largest =
        new Holding.Most(
            "the largest Job",
            jobs.stream()
                .filter(job -> !job.replicas().isZero())
                .map(job -> job.job().holding())
                .toList());
    return new Holding.Sum(
        "all Jobs + restarts x the largest Job",
        List.of(once, new Holding.Repeated(restarts, largest)));
  }

  /** All pods if something ends all of them at a deadline that restarts do not restart. */
  Holding until(Figure end) {
    return new Holding.Together(
        "all Jobs until the " + end.name(),
        jobs.stream()
            .filter(job -> !job.job().pods().pods().isZero())
            .map(job -> job.all(job.job().until(end)))
            .toList());
  }
}
