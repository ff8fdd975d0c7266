package dev.comptroller.core.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pods that are kept at a number until somebody changes it: Deployment, ReplicaSet, StatefulSet,
 * ModelDeployment.
 *
 * @param pointer JSON pointer of the field that sets the number
 * @param replicas pods wanted, at most
 * @param surgePointer JSON pointer of the field that sets the surge
 * @param surge pods beyond that while it rolls out, at most
 */
public record ReplicatedWorkload(
    String kind,
    String pointer,
    PodTemplate template,
    long replicas,
    String surgePointer,
    long surge)
    implements Workload {
  /**
   * Pods that a ModelDeployment may have beyond {@code scale.max} while it rolls out: the {@code
   * maxSurge} of the Deployment derived from it.
   */
  public static final int SERVING_SURGE = 1;

  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,9})%");
  private static final int DEFAULT_SURGE_PERCENT = 25;

  static ReplicatedWorkload readDeployment(Field object) {
    Field spec = object.get("spec").required("the spec of a Deployment");
    Field strategy = spec.get("strategy");
    Field maxSurge = strategy.get("rollingUpdate").get("maxSurge");
    long replicas = spec.get("replicas").whole().orElse(1);
    boolean recreate = strategy.get("type").text().orElse("").equals("Recreate");
    return new ReplicatedWorkload(
        "Deployment",
        spec.get("replicas").pointer(),
        PodTemplateReader.read(spec.get("template")),
        replicas,
        maxSurge.pointer(),
        recreate || replicas == 0 ? 0 : surge(maxSurge, replicas));
  }

  static ReplicatedWorkload readSet(String kind, Field object) {
    Field spec = object.get("spec").required("the spec of a " + kind);
    return new ReplicatedWorkload(
        kind,
        spec.get("replicas").pointer(),
        PodTemplateReader.read(spec.get("template")),
        spec.get("replicas").whole().orElse(1),
        "",
        0);
  }

  private static long surge(Field maxSurge, long replicas) {
    JsonNode node = maxSurge.node();
    if (!maxSurge.present()) {
      return percentOf(replicas, DEFAULT_SURGE_PERCENT);
    }
    if (node.isTextual()) {
      Matcher matcher = PERCENT.matcher(node.textValue());
      if (!matcher.matches()) {
        throw maxSurge.malformed("a number of pods or a percentage such as 25%");
      }
      return percentOf(replicas, Long.parseLong(matcher.group(1)));
    }
    return maxSurge.whole().orElse(0);
  }

  private static long percentOf(long replicas, long percent) {
    return Math.ceilDiv(saturatedProduct(replicas, percent), 100L);
  }

  private static long saturatedProduct(long a, long b) {
    return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
  }

  @Override
  public List<PodTemplate> templates() {
    return List.of(template);
  }
}
