package dev.comptroller.core.gpuhours;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.AcceleratorClass;
import dev.comptroller.api.v1alpha1.AcceleratorClassSpec;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Surroundings;
import dev.comptroller.core.workload.Window;
import dev.comptroller.core.workload.WorkloadReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A case of the calculator's specification: a manifest, what else the cluster holds, and what has
 * happened since. Members:
 *
 * <ul>
 *   <li>{@code workload}: the manifest; {@code context}: further objects
 *   <li>{@code window}, {@code windowStart}: the time it is priced for
 *   <li>{@code weights}: by resource name or device class; {@code flavors}: weights of {@code
 *       nvidia.com/gpu} by name, which is 1 otherwise
 *   <li>{@code placement.node}: the node it got; {@code platformSet}: labels that only the platform
 *       sets
 *   <li>{@code history}: changes as merge patches (RFC 7386), each {@code at} a time since the
 *       first start, with the GPU-hours {@code used} until then
 * </ul>
 *
 * @param object the workload after all changes
 * @param used what it has consumed before
 */
public record PricingCase(
    KubernetesObject object, AcceleratorCatalogue catalogue, Surroundings around, Amount used) {
  private static final String GPU = "nvidia.com/gpu";
  private static final String DEVICE_CLASS_PREFIX = "deviceclass.resource.kubernetes.io/";
  private static final Pattern DURATION =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(s|m|h|d)");
  private static final Map<String, BigDecimal> UNITS =
      Map.of(
          "s", BigDecimal.valueOf(1000),
          "m", BigDecimal.valueOf(60_000),
          "h", BigDecimal.valueOf(3_600_000),
          "d", BigDecimal.valueOf(86_400_000));

  /**
   * Reads a case.
   *
   * @throws IllegalArgumentException if a member is missing or cannot be read
   */
  public static PricingCase read(ObjectNode members) {
    if (!(members.get("workload") instanceof ObjectNode workload)) {
      throw new IllegalArgumentException("/workload: found no object, required a manifest");
    }
    List<KubernetesObject> context = new ArrayList<>();
    for (JsonNode object : members.path("context")) {
      if (!(object instanceof ObjectNode manifest)) {
        throw new IllegalArgumentException("/context: found no object, required manifests");
      }
      context.add(new KubernetesObject(manifest));
    }
    History history = History.of(workload, members.path("history"));
    return new PricingCase(
        new KubernetesObject(history.workload()),
        catalogue(members, context),
        around(members, context, history),
        history.used());
  }

  /** The estimate that the case asks for. */
  public Estimate estimate() {
    return Estimate.of(object, WorkloadReader.read(object, around), catalogue, around, used);
  }

  private static Surroundings around(
      ObjectNode members, List<KubernetesObject> context, History history) {
    Set<String> platform = new HashSet<>();
    members.path("platformSet").forEach(label -> platform.add(label.asText()));
    Surroundings around = Surroundings.of(context).trusting(platform).after(history.elapsed());
    String node = members.at("/placement/node").asText("");
    if (!node.isEmpty()) {
      around = around.on(node);
    }
    if (members.has("window")) {
      Instant start = instant(members.path("windowStart").asText("1970-01-01T00:00:00Z"));
      around = around.during(new Window(start, duration(members.path("window").asText())));
    }
    return around;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "/windowStart: found " + text + ", required a time such as 2026-06-01T00:00:00Z", e);
    }
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "found the time " + text + ", required a number and a unit of s, m, h or d");
    }
    BigDecimal unit = UNITS.getOrDefault(matcher.group(2), BigDecimal.ONE);
    return Duration.ofMillis(
        new BigDecimal(matcher.group(1))
            .multiply(unit)
            .setScale(0, RoundingMode.CEILING)
            .longValueExact());
  }

  private static AcceleratorCatalogue catalogue(
      ObjectNode members, List<KubernetesObject> context) {
    List<AcceleratorClass> classes = new ArrayList<>();
    for (JsonNode flavor : members.path("flavors")) {
      AcceleratorClass known = acceleratorClass(GPU, flavor.path("weight").asText());
      known.getMetadata().setName(flavor.path("name").asText());
      classes.add(known);
    }
    members
        .path("weights")
        .properties()
        .forEach(
            weight ->
                classes.add(
                    acceleratorClass(resource(weight.getKey()), weight.getValue().asText())));
    context.stream()
        .filter(object -> object.kind().equals("AcceleratorClass"))
        .map(KindReader.LENIENT::acceleratorClass)
        .forEach(classes::add);
    if (classes.stream().noneMatch(known -> known.getSpec().resource().equals(GPU))) {
      classes.add(acceleratorClass(GPU, "1"));
    }
    return new AcceleratorCatalogue(classes);
  }

  /** Device classes are asked for by the resource that Kubernetes derives from their names. */
  private static String resource(String weighted) {
    return weighted.contains("/") ? weighted : DEVICE_CLASS_PREFIX + weighted;
  }

  private static AcceleratorClass acceleratorClass(String resource, String weight) {
    AcceleratorClass known = new AcceleratorClass();
    known.setSpec(
        new AcceleratorClassSpec("", resource, Map.of(), weight, List.of(), Map.of(), null));
    return known;
  }

  /**
   * What became of a workload.
   *
   * @param elapsed how long it has run since it was last started
   */
  private record History(ObjectNode workload, Amount used, Duration elapsed) {

    static History of(ObjectNode first, JsonNode steps) {
      JsonNode workload = first;
      Amount used = Amount.ZERO;
      Duration started = Duration.ZERO;
      Duration now = Duration.ZERO;
      for (JsonNode step : steps) {
        boolean suspended = isSuspended(workload);
        workload = merged(workload, step.path("change"));
        now = duration(step.path("at").asText());
        used = Amount.parse(step.path("used").asText("0"));
        if (suspended) {
          started = now;
        }
      }
      return new History(
          (ObjectNode) workload, used, isSuspended(workload) ? Duration.ZERO : now.minus(started));
    }

    private static boolean isSuspended(JsonNode workload) {
      return workload.at("/spec/suspend").asBoolean(false)
          || workload.at("/spec/runPolicy/suspend").asBoolean(false);
    }

    private static JsonNode merged(JsonNode target, JsonNode patch) {
      if (!patch.isObject()) {
        return patch;
      }
      ObjectNode result =
          target instanceof ObjectNode object
              ? object.deepCopy()
              : JsonNodeFactory.instance.objectNode();
      patch
          .properties()
          .forEach(
              member -> {
                if (member.getValue().isNull()) {
                  result.remove(member.getKey());
                } else {
                  result.set(
                      member.getKey(), merged(result.path(member.getKey()), member.getValue()));
                }
              });
      return result;
    }
  }
}
