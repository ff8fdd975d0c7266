package dev.comptroller.core.workload.kind;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.Holding;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * A TrainJob: the JobSet of its runtime, with the nodes and resources of the TrainJob. Its own
 * deadline ends all restarts of that JobSet.
 */
final class TrainJobKind implements Kind {
  private static final String STEP = "trainer.kubeflow.org/trainjob-ancestor-step";
  private static final String CONTROLLER = "trainer.kubeflow.org/trainjob-controller";

  /** What a patch of the runtime could change the price by. */
  private static final Set<String> PRICED =
      Set.of(
          "resources",
          "resourceClaims",
          "overhead",
          "runtimeClassName",
          "terminationGracePeriodSeconds",
          "activeDeadlineSeconds",
          "parallelism",
          "completions",
          "backoffLimit",
          "backoffLimitPerIndex",
          "podFailurePolicy",
          "podReplacementPolicy",
          "replicas",
          "failurePolicy");

  @Override
  public String name() {
    return "trainer.kubeflow.org/TrainJob";
  }

  @Override
  public Set<String> children() {
    return Set.of("jobset.x-k8s.io/JobSet");
  }

  @Override
  public Workload read(Field object, Site site) {
    Field spec = object.get("spec").required("the spec of a TrainJob");
    Optional<Field> runtime = TrainingRuntimes.of(object, site);
    if (runtime.isEmpty()) {
      Field reference = spec.get("runtimeRef");
      String named =
          reference.get("kind").text().orElse(TrainingRuntimes.DEFAULT_KIND)
              + " "
              + reference.get("name").textOrEmpty();
      return Workload.unresolved(
          "TrainJob",
          Reason.at(
              Reason.Code.RuntimeNotFound,
              reference.get("name"),
              named + ", which is not known",
              "that runtime among what is known"));
    }
    Optional<Reason> patched = patched(spec);
    if (patched.isPresent()) {
      return Workload.unresolved("TrainJob", patched.get());
    }
    JobSetSpec jobs = JobSetSpec.read(jobSet(spec, runtime.get()), site);
    Holding holding = ExecutionTime.limit(object, site, jobs.podSets(), holding(spec, site, jobs));
    return new Workload("TrainJob", jobs.podSets(), holding);
  }

  private static Holding holding(Field spec, Site site, JobSetSpec jobs) {
    Field manager = spec.get("managedBy");
    if (manager.present() && !manager.textOrEmpty().equals(CONTROLLER)) {
      List<PodTemplate> templates = jobs.podSets().stream().map(PodSet::template).toList();
      return new Holding.Unpriced(
          templates,
          Reason.at(
              Reason.Code.UnpricedKind,
              manager,
              manager.textOrEmpty(),
              "the TrainJob controller, whose restarts are known"));
    }
    Field deadline = spec.get("activeDeadlineSeconds");
    OptionalLong seconds = deadline.whole();
    if (seconds.isEmpty()) {
      return jobs.holding();
    }
    Figure end = site.deadline(deadline, "deadline of the TrainJob", seconds.getAsLong());
    return new Holding.Least(
        "the smaller of deadline of the TrainJob and the runtime's JobSet",
        List.of(jobs.until(end), jobs.holding()));
  }

  /** The runtime's JobSet with what the TrainJob puts in place of it. */
  private static Field jobSet(Field spec, Field runtime) {
    Field policy = runtime.get("spec").get("mlPolicy");
    Field jobSet = runtime.get("spec").get("template").get("spec");
    Field trainer = spec.get("trainer");
    Field asked = trainer.get("numNodes");
    Field nodes = asked.present() ? asked : policy.get("numNodes");
    Map<String, Field> replaced = new HashMap<>();
    for (Field job : jobSet.get("replicatedJobs").elements()) {
      Field template = job.get("template");
      Field replicas = job.get("replicas");
      replaced.put(replicas.pointer(), new Field(replicas.pointer(), IntNode.valueOf(1)));
      if (!template.get("metadata").get("labels").get(STEP).textOrEmpty().equals("trainer")) {
        continue;
      }
      if (nodes.present()) {
        for (String count : List.of("parallelism", "completions")) {
          replaced.put(template.get("spec").get(count).pointer(), nodes);
        }
      }
      Field resources = trainer.get("resourcesPerNode");
      Field pod = template.get("spec").get("template").get("spec");
      for (Field container : pod.get("containers").elements()) {
        if (resources.present() && container.get("name").textOrEmpty().equals("node")) {
          replaced.put(container.get("resources").pointer(), resources);
        }
      }
    }
    return jobSet.with(replaced);
  }

  private static Optional<Reason> patched(Field spec) {
    for (String patches : List.of("runtimePatches", "podTemplateOverrides")) {
      Field patch = spec.get(patches);
      Set<String> changed = new TreeSet<>();
      for (String name : PRICED) {
        if (patch.node().findValue(name) != null) {
          changed.add(name);
        }
      }
      if (!changed.isEmpty()) {
        return Optional.of(
            Reason.at(
                Reason.Code.UnpricedKind,
                patch,
                "patches of " + String.join(", ", changed),
                "a runtime that says so itself"));
      }
    }
    return Optional.empty();
  }
}
