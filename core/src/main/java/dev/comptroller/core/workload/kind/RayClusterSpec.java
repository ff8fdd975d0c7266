package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.Holding;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplateReader;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The spec of a RayCluster, alone or in another object: one head, and the workers of each group at
 * the most it may be scaled to, times the hosts of each.
 *
 * @param groups head and worker groups
 */
record RayClusterSpec(List<Group> groups) {

  /**
   * Pods of one template.
   *
   * @param unlimited the field that sets no limit to them, if none is set
   */
  record Group(PodSet pods, Optional<Reason> unlimited) {}

  static RayClusterSpec read(Field spec, Site site) {
    spec.required("the spec of a RayCluster");
    List<Group> groups = new ArrayList<>();
    Field head = spec.get("headGroupSpec").required("the head of a RayCluster");
    groups.add(
        new Group(
            new PodSet(
                PodTemplateReader.read(head.get("template"), site),
                Figure.pods(head.pointer(), "head", 1)),
            Optional.empty()));
    boolean autoscales = spec.get("enableInTreeAutoscaling").isTrue();
    for (Field group : spec.get("workerGroupSpecs").elements()) {
      groups.add(workers(group, autoscales, site));
    }
    return new RayClusterSpec(List.copyOf(groups));
  }

  private static Group workers(Field group, boolean autoscales, Site site) {
    Field maximum = group.get("maxReplicas");
    long most = maximum.whole().orElse(Integer.MAX_VALUE);
    Field least = group.get("minReplicas");
    Field wanted = group.get("replicas");
    OptionalLong replicasWanted = wanted.whole();
    // Versions of KubeRay differ in what an unset number means; none goes beyond the maximum.
    boolean upToMost = autoscales || replicasWanted.isEmpty();
    long fixed = Math.min(most, Math.max(replicasWanted.orElse(0), least.whole().orElse(0)));
    Figure replicas =
        upToMost
            ? Figure.pods(maximum.pointer(), "workers at most", most)
            : Figure.pods(wanted.pointer(), "workers", fixed);
    Field hosts = group.get("numOfHosts");
    long each = hosts.whole().orElse(1);
    if (each != 1) {
      replicas =
          replicas.times(
              "workers of all hosts", Figure.number(hosts.pointer(), "hosts of a worker", each));
    }
    return new Group(
        new PodSet(PodTemplateReader.read(group.get("template"), site), replicas),
        upToMost && !maximum.present()
            ? Optional.of(
                Reason.at(
                    Reason.Code.MaxReplicasUnset,
                    maximum,
                    "nothing, which lets the group grow to " + Integer.MAX_VALUE,
                    "the most workers the group may have"))
            : Optional.empty());
  }

  List<PodSet> podSets() {
    return groups.stream().map(Group::pods).toList();
  }

  /** The whole cluster for a time, and the grace period of its pods where it is deleted. */
  Holding during(Figure seconds, boolean deleted) {
    List<Holding> parts = new ArrayList<>();
    for (Group group : groups) {
      Figure time =
          deleted
              ? seconds.plus(seconds.name() + " + grace period", group.pods().template().grace())
              : seconds;
      parts.add(noted(group, group.pods().during(time)));
    }
    return new Holding.Together("head + workers of all groups", parts);
  }

  /** The whole cluster without an end. */
  Holding serving(String kind) {
    List<Holding> parts = new ArrayList<>();
    for (Group group : groups) {
      parts.add(noted(group, Holding.serving(kind, List.of(group.pods()))));
    }
    return new Holding.Together("head + workers of all groups", parts);
  }

  private static Holding noted(Group group, Holding holding) {
    return group
        .unlimited()
        .<Holding>map(reason -> new Holding.Noted(reason, holding))
        .orElse(holding);
  }
}
