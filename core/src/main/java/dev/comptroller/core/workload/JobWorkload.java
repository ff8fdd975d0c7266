package dev.comptroller.core.workload;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A Job, with the defaults of the API server filled in. Whether it is suspended is left out: it is
 * judged before it is resumed.
 *
 * @param pointer JSON pointer of the Job's spec
 * @param parallelism pods it wants at once
 * @param completions successes it wants; absent where any success ends it, as in a work queue
 * @param backoffLimit failures it tolerates in all
 * @param backoffLimitPerIndex failures it tolerates for each index, if counted so
 * @param activeDeadlineSeconds the Job's deadline, counted from its start or last resume
 * @param ignoresFailures whether a pod failure policy leaves some failures uncounted
 * @param overlaps whether a replacement may start while the pod it replaces still terminates
 * @param managedBy who reconciles it instead of the Job controller
 */
public record JobWorkload(
    String pointer,
    PodTemplate template,
    long parallelism,
    OptionalLong completions,
    long backoffLimit,
    OptionalLong backoffLimitPerIndex,
    OptionalLong activeDeadlineSeconds,
    boolean ignoresFailures,
    boolean overlaps,
    Optional<String> managedBy)
    implements Workload {
  private static final long DEFAULT_BACKOFF_LIMIT = 6;
  private static final String JOB_CONTROLLER = "kubernetes.io/job-controller";

  static JobWorkload read(Field object) {
    Field spec = object.get("spec").required("the spec of a Job");
    OptionalLong perIndex = spec.get("backoffLimitPerIndex").whole();
    Field failurePolicy = spec.get("podFailurePolicy");
    return new JobWorkload(
        spec.pointer(),
        PodTemplateReader.read(spec.get("template")),
        spec.get("parallelism").whole().orElse(1),
        spec.get("completions").whole(),
        spec.get("backoffLimit")
            .whole()
            .orElse(perIndex.isPresent() ? Integer.MAX_VALUE : DEFAULT_BACKOFF_LIMIT),
        perIndex,
        spec.get("activeDeadlineSeconds").whole(),
        ignoresFailures(failurePolicy),
        overlaps(spec, failurePolicy),
        spec.get("managedBy").text().filter(manager -> !manager.equals(JOB_CONTROLLER)));
  }

  private static boolean ignoresFailures(Field failurePolicy) {
    return failurePolicy.get("rules").elements().stream()
        .anyMatch(rule -> rule.get("action").text().orElse("").equals("Ignore"));
  }

  /** A pod failure policy allows no other replacement than that of failed pods. */
  private static boolean overlaps(Field spec, Field failurePolicy) {
    return !failurePolicy.present()
        && !spec.get("podReplacementPolicy").text().orElse("").equals("Failed");
  }

  @Override
  public String kind() {
    return "Job";
  }

  @Override
  public List<PodTemplate> templates() {
    return List.of(template);
  }
}
