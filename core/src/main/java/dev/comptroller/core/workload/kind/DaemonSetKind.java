package dev.comptroller.core.workload.kind;

import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.Holding;
import dev.comptroller.core.workload.NodeMatch;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.PodTemplateReader;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.List;

/**
 * A DaemonSet: (nodes that its node selector and affinity match + surge) x accelerators. Taints are
 * not looked at: they come and go.
 */
final class DaemonSetKind implements Kind {
  @Override
  public String name() {
    return "apps/DaemonSet";
  }

  @Override
  public Workload read(Field object, Site site) {
    Field spec = object.get("spec").required("the spec of a DaemonSet");
    PodTemplate template = PodTemplateReader.read(spec.get("template"), site);
    Field pod = spec.get("template").get("spec");
    Field selector = pod.get("nodeSelector");
    List<KubernetesObject> nodes = site.around().all("Node");
    if (nodes.isEmpty()) {
      Reason reason =
          Reason.at(
              Reason.Code.NodesUnknown,
              selector,
              "a DaemonSet that asks for accelerators",
              "the nodes it runs on");
      return new Workload(
          "DaemonSet",
          List.of(new PodSet(template, Figure.pods("", "nodes", 0))),
          new Holding.Unpriced(List.of(template), reason));
    }
    long matching = nodes.stream().filter(node -> NodeMatch.of(pod, node)).count();
    Figure pods = Figure.pods(selector.pointer(), "nodes that match", matching);
    Field maxSurge = spec.get("updateStrategy").get("rollingUpdate").get("maxSurge");
    Figure surge = Figure.pods(maxSurge.pointer(), "surge", Surge.of(maxSurge, pods.value(), 0));
    return Workload.serving(
        "DaemonSet",
        List.of(new PodSet(template, surge.isZero() ? pods : pods.plus("nodes + surge", surge))));
  }
}
