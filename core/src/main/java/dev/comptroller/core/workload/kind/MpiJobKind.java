package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Holding;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.List;
import java.util.Set;

/**
 * An MPIJob: (launcher + workers) x (deadline + grace period). The deadline is the launcher's, so
 * workers that wait for nothing but a launcher that waits for them have no clock.
 */
final class MpiJobKind implements Kind {
  @Override
  public String name() {
    return "kubeflow.org/MPIJob";
  }

  @Override
  public Set<String> children() {
    return Set.of("Pod", "batch/Job");
  }

  @Override
  public String replicas() {
    return "/spec/mpiReplicaSpecs/Worker/replicas";
  }

  @Override
  public Workload read(Field object, Site site) {
    Field spec = object.get("spec").required("the spec of an MPIJob");
    List<PodSet> podSets = KubeflowJobKind.podSets(spec, site, "mpiReplicaSpecs");
    Holding holding = new RunPolicy(spec.get("runPolicy"), "MPIJob").until(site, podSets);
    Field creation = spec.get("launcherCreationPolicy");
    if (creation.textOrEmpty().equals("WaitForWorkersReady")) {
      holding =
          new Holding.Sum(
              "workers before the launcher, and all pods after",
              List.of(
                  new Holding.Endless(
                      podSets.stream().map(PodSet::template).toList(),
                      Reason.at(
                          Reason.Code.DeadlineStartsLate,
                          creation,
                          "WaitForWorkersReady, by which the deadline starts late or never",
                          "AtStartup")),
                  holding));
    }
    return new Workload("MPIJob", podSets, holding);
  }
}
