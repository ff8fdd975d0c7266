package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.Holding;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.PodTemplateReader;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A RayJob: (retries + 1) x its cluster x (deadline + grace period), and the cluster once more for
 * the time it is kept after the end. Each retry makes a cluster anew and starts the deadline again.
 * What runs on the cluster of somebody else costs nothing here.
 */
final class RayJobKind implements Kind {
  private static final String CONTROLLER = "ray.io/kuberay-operator";

  @Override
  public String name() {
    return "ray.io/RayJob";
  }

  @Override
  public Set<String> children() {
    return Set.of("ray.io/RayCluster");
  }

  @Override
  public Workload read(Field object, Site site) {
    Field spec = object.get("spec").required("the spec of a RayJob");
    Optional<PodSet> submitter = submitter(spec, site);
    if (!spec.get("clusterSelector").members().isEmpty()) {
      List<PodSet> alone = submitter.stream().toList();
      return new Workload("RayJob", alone, attempts(spec, alone, Optional.empty()));
    }
    RayClusterSpec cluster = RayClusterSpec.read(spec.get("rayClusterSpec"), site);
    List<PodSet> podSets = new ArrayList<>(cluster.podSets());
    submitter.ifPresent(podSets::add);
    return new Workload(
        "RayJob", podSets, attempts(spec, submitter.stream().toList(), Optional.of(cluster)));
  }

  /** The pod that submits the job; without a template of its own it asks for no accelerator. */
  private static Optional<PodSet> submitter(Field spec, Site site) {
    Field template = spec.get("submitterPodTemplate");
    return template.present()
        ? Optional.of(
            new PodSet(
                PodTemplateReader.read(template, site),
                Figure.pods(template.pointer(), "submitter", 1)))
        : Optional.empty();
  }

  private static Holding attempts(
      Field spec, List<PodSet> submitter, Optional<RayClusterSpec> cluster) {
    List<PodTemplate> templates = new ArrayList<>();
    cluster.ifPresent(found -> found.podSets().forEach(set -> templates.add(set.template())));
    submitter.forEach(set -> templates.add(set.template()));
    Optional<Reason> leak = leak(spec, cluster.isPresent());
    Optional<Figure> end = end(spec);
    if (leak.isPresent() || end.isEmpty()) {
      return new Holding.Endless(templates, leak.orElseGet(() -> noDeadline(spec)));
    }
    List<Holding> together = new ArrayList<>();
    cluster.ifPresent(found -> together.add(found.during(end.get(), true)));
    for (PodSet set : submitter) {
      together.add(set.during(end.get().plus("deadline + grace period", set.template().grace())));
    }
    Field retries = spec.get("backoffLimit");
    Figure runs =
        Figure.number(retries.pointer(), "retries", retries.whole().orElse(0))
            .plus("runs, retries included", Figure.number("", "first run", 1));
    Holding all =
        new Holding.Repeated(
            runs, new Holding.Together("cluster and submitter until the deadline", together));
    Figure kept = kept(spec);
    return cluster.isEmpty() || kept.isZero()
        ? all
        : new Holding.Sum(
            "all runs + the cluster while it is kept",
            List.of(all, cluster.get().during(kept, false)));
  }

  /** What makes the deadline hold no longer, or the cluster outlive it. */
  private static Optional<Reason> leak(Field spec, boolean ownCluster) {
    Field manager = spec.get("managedBy");
    Field shutdown = spec.get("shutdownAfterJobFinishes");
    Field mode = spec.get("submissionMode");
    if (manager.present() && !manager.textOrEmpty().equals(CONTROLLER)) {
      return Optional.of(
          Reason.at(
              Reason.Code.NoDeadline,
              manager,
              manager.textOrEmpty(),
              "the RayJob controller, which keeps the deadline"));
    }
    if (ownCluster && !shutdown.isTrue() && !deletes(spec.get("deletionStrategy"))) {
      return Optional.of(
          Reason.at(
              Reason.Code.ClusterOutlivesJob,
              shutdown,
              "false, by which the cluster runs on after the job",
              "true"));
    }
    boolean waits = mode.textOrEmpty().equals("InteractiveMode");
    Field waiting = spec.get("preRunningDeadlineSeconds");
    return waits && !waiting.present()
        ? Optional.of(
            Reason.at(
                Reason.Code.WaitingIgnoresDeadline,
                waiting,
                "no deadline while the job waits for its submission",
                "a deadline in seconds"))
        : Optional.empty();
  }

  private static Reason noDeadline(Field spec) {
    return Reason.at(
        Reason.Code.NoDeadline,
        spec.get("activeDeadlineSeconds"),
        "no deadline",
        "a deadline in seconds");
  }

  /** Whether the cluster is deleted however the job ends, its deadline included. */
  private static boolean deletes(Field strategy) {
    if (strategy.get("deletionRules").present()) {
      List<Field> rules = strategy.get("deletionRules").elements();
      boolean onSuccess = false;
      boolean onFailure = false;
      for (Field rule : rules) {
        Field condition = rule.get("condition");
        // A deadline fails the deployment of the job, whatever became of the job itself.
        boolean deletes = rule.get("policy").textOrEmpty().equals("DeleteCluster");
        String deployment = condition.get("jobDeploymentStatus").textOrEmpty();
        String status = condition.get("jobStatus").textOrEmpty();
        onSuccess |= deletes && (deployment.equals("Complete") || status.equals("SUCCEEDED"));
        onFailure |= deletes && deployment.equals("Failed");
      }
      return onSuccess && onFailure;
    }
    return strategy.get("onSuccess").get("policy").textOrEmpty().equals("DeleteCluster")
        && strategy.get("onFailure").get("policy").textOrEmpty().equals("DeleteCluster");
  }

  private static Optional<Figure> end(Field spec) {
    Field deadline = spec.get("activeDeadlineSeconds");
    OptionalLong seconds = deadline.whole();
    if (seconds.isEmpty()) {
      return Optional.empty();
    }
    // Retries start it again, so what has run of it lowers nothing.
    Figure end = Figure.deadline(deadline.pointer(), "deadline of the RayJob", seconds.getAsLong());
    Field waiting = spec.get("preRunningDeadlineSeconds");
    OptionalLong most = waiting.whole();
    return Optional.of(
        most.isEmpty()
            ? end
            : end.max(Figure.deadline(waiting.pointer(), "deadline of waiting", most.getAsLong())));
  }

  private static Figure kept(Field spec) {
    Field ttl = spec.get("ttlSecondsAfterFinished");
    Figure kept = Figure.seconds(ttl.pointer(), "time the cluster is kept", ttl.whole().orElse(0));
    for (Field rule : spec.get("deletionStrategy").get("deletionRules").elements()) {
      Field delay = rule.get("condition").get("ttlSeconds");
      kept =
          kept.max(
              Figure.seconds(delay.pointer(), "time the cluster is kept", delay.whole().orElse(0)));
    }
    return kept;
  }
}
