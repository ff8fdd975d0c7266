package dev.comptroller.core.workload;

import java.util.List;
import java.util.OptionalLong;

/**
 * A Job, with the defaults of the API server filled in.
 *
 * @param pointer JSON pointer of the Job's spec
 * @param parallelism pods it wants at once
 * @param completions successes it wants; absent for a work queue, which any success ends
 * @param backoffLimit failures it tolerates in all
 * @param backoffLimitPerIndex failures it tolerates for each index, if counted so
 * @param activeDeadlineSeconds the Job's deadline, counted from its start or last resume
 * @param ignoresFailures whether a pod failure policy leaves some failures uncounted
 * @param overlaps whether a replacement may start while the pod it replaces still terminates
 * @param managedBy who reconciles it, if not the Job controller
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
    String managedBy)
    implements Workload {
  @Override
  public String kind() {
    return "Job";
  }

  @Override
  public List<PodTemplate> templates() {
    return List.of(template);
  }
}
