package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplateReader;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A job of Kubeflow's training operator: the sum of its replicas, an elastic job's workers at their
 * most, x (deadline + grace period).
 *
 * @param kind the kind without its group
 * @param replicaSpecs the field that holds its replicas
 */
record KubeflowJobKind(String kind, String replicaSpecs) implements Kind {
  @Override
  public String name() {
    return "kubeflow.org/" + kind;
  }

  @Override
  public Set<String> children() {
    return Set.of("Pod");
  }

  @Override
  public String replicas() {
    return "/spec/" + replicaSpecs + "/Worker/replicas";
  }

  @Override
  public Workload read(Field object, Site site) {
    Field spec = object.get("spec").required("the spec of a " + kind);
    List<PodSet> podSets = podSets(spec, site, replicaSpecs);
    return new Workload(
        kind, podSets, new RunPolicy(spec.get("runPolicy"), kind).until(site, podSets));
  }

  static List<PodSet> podSets(Field spec, Site site, String replicaSpecs) {
    Field most = spec.get("elasticPolicy").get("maxReplicas");
    List<PodSet> podSets = new ArrayList<>();
    spec.get(replicaSpecs)
        .required("the replicas of the job")
        .members()
        .forEach(
            (role, replica) -> {
              Field replicas = replica.get("replicas");
              Figure pods =
                  Figure.pods(replicas.pointer(), role + " replicas", replicas.whole().orElse(1));
              if (role.equals("Worker") && most.present()) {
                pods =
                    pods.max(
                        Figure.pods(
                            most.pointer(), role + " replicas, elastic", most.whole().orElse(0)));
              }
              podSets.add(new PodSet(PodTemplateReader.read(replica.get("template"), site), pods));
            });
    return podSets;
  }
}
