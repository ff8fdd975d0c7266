package dev.comptroller.core.workload.kind;

import dev.comptroller.core.accelerator.ResourceNames;
import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.PodTemplateReader;
import dev.comptroller.core.workload.ResourceRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A predictor that spreads one model over several nodes. The controller gives accelerators to its
 * pods that no manifest names: as many nodes as the pipeline is long, each with as many
 * accelerators as tensors are cut into; or under Ray as many nodes as that needs with what a worker
 * asks for.
 */
final class MultiNode {
  private static final String BACKEND = "multinode/executor-backend";
  private static final String DEFAULT_RESOURCE = "nvidia.com/gpu";

  private MultiNode() {}

  static List<PodSet> of(Field predictor, Field annotations, Predictor pods) {
    Optional<Field> runtime = pods.runtime().map(found -> found.get("spec"));
    Field own = predictor.get("workerSpec");
    Figure pipeline = size(own, runtime, "pipelineParallelSize");
    Figure tensor = size(own, runtime, "tensorParallelSize");
    String backend =
        runtime
            .map(found -> found.get("annotations").get(BACKEND).textOrEmpty())
            .filter(name -> !name.isEmpty())
            .orElse(annotations.get(BACKEND).textOrEmpty());
    ResourceRequest asked = asked(own, runtime);
    long each;
    Figure nodes;
    if (backend.equals("mp")) {
      each = tensor.value().longValueExact();
      nodes = pipeline.named("nodes");
    } else {
      each = Math.max(1, asked.count());
      long devices =
          Math.multiplyExact(tensor.value().longValueExact(), pipeline.value().longValueExact());
      nodes = Figure.pods(pipeline.pointer(), "nodes", Math.ceilDiv(devices, each));
    }
    PodTemplate template =
        pods.templates()
            .getFirst()
            .asking(new ResourceRequest(asked.resource(), each, tensor.pointer()));
    return List.of(new PodSet(template, pods(predictor, nodes)));
  }

  /** The controller replaces the workers with a surge of as many again. */
  private static Figure pods(Field predictor, Figure nodes) {
    Field maximum = predictor.get("maxReplicas");
    Field minimum = predictor.get("minReplicas");
    long replicas = Math.max(1, Math.max(minimum.whole().orElse(1), maximum.whole().orElse(1)));
    Figure all =
        nodes.times("pods of all replicas", Figure.number(maximum.pointer(), "replicas", replicas));
    Field strategy = predictor.get("deploymentStrategy").get("type");
    return strategy.textOrEmpty().equals("Recreate")
        ? all
        : all.times(
            "pods while they are replaced", Figure.number(strategy.pointer(), "generations", 2));
  }

  private static Figure size(Field own, Optional<Field> runtime, String name) {
    Field stated = own.get(name);
    Field size =
        stated.present()
            ? stated
            : runtime.map(found -> found.get("workerSpec").get(name)).orElse(stated);
    long value = size.whole().orElse(1);
    if (value > Integer.MAX_VALUE) {
      throw size.malformed("a whole number of at most 32 bits");
    }
    return Figure.pods(size.pointer(), name, Math.max(1, value));
  }

  /** The accelerators that the workers ask for themselves; none of them where they ask for none. */
  private static ResourceRequest asked(Field own, Optional<Field> runtime) {
    return Stream.concat(runtime.map(found -> found.get("workerSpec")).stream(), Stream.of(own))
        .flatMap(workers -> workers.get("containers").elements().stream())
        .flatMap(container -> PodTemplateReader.requests(container).stream())
        .filter(request -> ResourceNames.mayBeAccelerator(request.resource()))
        .max(Comparator.comparingLong(ResourceRequest::count))
        .orElseGet(() -> new ResourceRequest(DEFAULT_RESOURCE, 0, own.pointer()));
  }
}
