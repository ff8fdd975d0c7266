package dev.comptroller.bench.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.bench.Bundled;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Surroundings;
import java.util.ArrayList;
import java.util.List;

/** What there is around an object that is priced. */
public enum Cluster {
  /** One node with 8 devices, one autoscaler. */
  SMALL(1),
  /** 1000 nodes with 8 devices each, 1000 autoscalers in 50 namespaces. */
  LARGE(1000);

  private static final int NAMESPACES = 50;

  private final int size;

  Cluster(int size) {
    this.size = size;
  }

  Surroundings surroundings() {
    List<KubernetesObject> objects = new ArrayList<>(Bundled.objects("rules/cluster.yaml"));
    List<KubernetesObject> node = Bundled.objects("rules/node.yaml");
    KubernetesObject autoscaler = Bundled.object("rules/autoscaler.yaml");
    for (int i = 0; i < size; i++) {
      for (KubernetesObject each : node) {
        objects.add(nodeObject(each, "node-" + i));
      }
      objects.add(autoscaler(autoscaler, i));
    }
    return Surroundings.of(objects);
  }

  /** The accelerator classes that the chart installs. */
  static AcceleratorCatalogue catalogue() {
    return new AcceleratorCatalogue(
        Bundled.objects("rules/accelerators.yaml").stream()
            .map(KindReader.LENIENT::acceleratorClass)
            .toList());
  }

  private static KubernetesObject nodeObject(KubernetesObject template, String name) {
    ObjectNode json = template.json().deepCopy();
    json.withObject("/metadata").put("name", name);
    ObjectNode spec = json.withObject("/spec");
    if (spec.has("nodeName")) {
      spec.put("nodeName", name).withObject("/pool").put("name", name);
    }
    return new KubernetesObject(json);
  }

  /** The autoscalers of one namespace name different objects. */
  private static KubernetesObject autoscaler(KubernetesObject template, int number) {
    ObjectNode json = template.json().deepCopy();
    String name = "server-" + number / NAMESPACES;
    json.withObject("/metadata").put("name", name).put("namespace", "team-" + number % NAMESPACES);
    json.withObject("/spec/scaleTargetRef").put("name", name);
    return new KubernetesObject(json);
  }
}
