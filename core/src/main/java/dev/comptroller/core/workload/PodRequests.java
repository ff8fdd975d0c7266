package dev.comptroller.core.workload;

import dev.comptroller.core.accelerator.ResourceNames;
import dev.comptroller.core.object.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/**
 * What the scheduler holds for a pod, by resource name: all containers and sidecars together, or an
 * init container beside the sidecars that started before it, whichever is more, and the overhead.
 * Resources of the pod as a whole are left out: the scheduler counts no devices there.
 */
record PodRequests(Map<String, ResourceRequest> byName) {
  private static final PodRequests NONE = new PodRequests(Map.of());

  /**
   * @param runtimeClass the RuntimeClass of the pod, if it is known
   */
  static PodRequests of(Field spec, Optional<Field> runtimeClass, LimitRanges limits) {
    PodRequests sidecars = NONE;
    PodRequests starting = NONE;
    for (Field container : spec.get("initContainers").elements()) {
      PodRequests own = ofContainer(container, limits);
      if (container.get("restartPolicy").text().orElse("").equals("Always")) {
        sidecars = sidecars.plus(own);
      } else {
        starting = starting.max(own.plus(sidecars));
      }
    }
    PodRequests running = sidecars;
    for (String list : List.of("containers", "ephemeralContainers")) {
      for (Field container : spec.get(list).elements()) {
        running = running.plus(ofContainer(container, limits));
      }
    }
    PodRequests overhead =
        runtimeClass
            .map(found -> read(found.get("overhead").get("podFixed")))
            .orElse(NONE)
            .max(read(spec.get("overhead")));
    return running.max(starting).plus(overhead);
  }

  List<ResourceRequest> list() {
    return List.copyOf(byName.values());
  }

  /**
   * Requests default to limits; where a template names both, the larger counts. Limit ranges fill
   * in what the container leaves out, after that.
   */
  static PodRequests ofContainer(Field container, LimitRanges limits) {
    Field resources = container.get("resources");
    PodRequests stated = read(resources.get("requests")).max(read(resources.get("limits")));
    if (limits.isEmpty()) {
      return stated;
    }
    PodRequests all = stated;
    for (Field defaults : limits.requests()) {
      all =
          all.max(
              read(defaults).without(resources.get("requests")).without(resources.get("limits")));
    }
    for (Field defaults : limits.limits()) {
      all = all.max(read(defaults).without(resources.get("limits")));
    }
    return all;
  }

  private PodRequests without(Field stated) {
    Map<String, ResourceRequest> rest = new TreeMap<>(byName);
    rest.keySet().removeAll(stated.members().keySet());
    return new PodRequests(rest);
  }

  private static PodRequests read(Field quantities) {
    Map<String, ResourceRequest> byName = new TreeMap<>();
    quantities
        .members()
        .forEach(
            (name, field) -> {
              if (field.present() && !ResourceNames.isNative(name)) {
                byName.put(name, new ResourceRequest(name, count(field), field.pointer()));
              }
            });
    return new PodRequests(byName);
  }

  /** Quantities are strings; manifests write them as numbers too. */
  private static long count(Field field) {
    OptionalLong count =
        field.node().isTextual() || field.node().isNumber()
            ? Quantity.parse(field.node().asText())
                .map(Quantity::whole)
                .orElse(OptionalLong.empty())
            : OptionalLong.empty();
    return count.orElseThrow(() -> field.malformed("a whole number of devices"));
  }

  private PodRequests plus(PodRequests other) {
    return combine(other, (a, b) -> a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b);
  }

  private PodRequests max(PodRequests other) {
    return combine(other, Math::max);
  }

  private PodRequests combine(PodRequests other, LongBinaryOperator operator) {
    Map<String, ResourceRequest> result = new TreeMap<>(byName);
    other.byName.forEach(
        (name, request) ->
            result.merge(
                name,
                request,
                (a, b) ->
                    new ResourceRequest(
                        name,
                        operator.applyAsLong(a.count(), b.count()),
                        a.count() >= b.count() ? a.pointer() : b.pointer())));
    return new PodRequests(result);
  }
}
