package dev.comptroller.core.gpuhours;

import dev.comptroller.core.workload.JobWorkload;
import dev.comptroller.core.workload.PodTemplate;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A Job: the smaller of what its own deadline and what the deadlines of its pods allow.
 *
 * <ul>
 *   <li>By the Job's deadline: pods at once for deadline and grace period; and where replacements
 *       do not wait, each pod that was replaced for a grace period beside its replacement.
 *   <li>By the pods' deadline: every pod ever created for deadline and grace period. Failures that
 *       are not counted create pods without end.
 * </ul>
 */
final class JobBound {
  private final JobWorkload job;
  private final Demand demand;
  private final Terms terms;

  private JobBound(JobWorkload job, Demand demand) {
    this.job = job;
    this.demand = demand;
    this.terms = new Terms(demand);
  }

  static GpuHours of(JobWorkload job, Demand demand) {
    return new JobBound(job, demand).bound();
  }

  private GpuHours bound() {
    if (job.managedBy().isPresent()) {
      return new GpuHours.Unknown(
          List.of(
              new Reason(
                  Reason.Code.UnpricedKind,
                  job.pointer() + "/managedBy",
                  job.managedBy().get(),
                  "the Job controller, whose retries are known")),
          terms.list());
    }
    BigInteger atOnce = terms.pods(pointer("parallelism"), "pods at once", podsAtOnce());
    if (atOnce.signum() == 0) {
      return new GpuHours.Bounded(Amount.ZERO, terms.list());
    }
    BigInteger grace =
        terms.seconds(
            job.template().pointer() + "/terminationGracePeriodSeconds",
            "grace period",
            job.template().graceSeconds());
    Optional<BigInteger> created = podsEverCreated();
    Optional<Amount> byJob = byJobDeadline(atOnce, created, grace);
    Optional<Amount> byPods = byPodDeadline(created, grace);
    return Stream.of(byJob, byPods)
        .flatMap(Optional::stream)
        .min(Amount::compareTo)
        .<GpuHours>map(amount -> new GpuHours.Bounded(amount, terms.list()))
        .orElseGet(() -> unbounded(atOnce));
  }

  private BigInteger podsAtOnce() {
    return BigInteger.valueOf(
        Math.min(job.parallelism(), job.completions().orElse(job.parallelism())));
  }

  /** Pods ever created, each tolerated failure being one more; none where failures do not count. */
  private Optional<BigInteger> podsEverCreated() {
    if (job.ignoresFailures()) {
      return Optional.empty();
    }
    BigInteger wanted = BigInteger.valueOf(job.completions().orElse(job.parallelism()));
    BigInteger inAll = wanted.add(BigInteger.valueOf(job.backoffLimit()));
    OptionalLong perIndex = job.backoffLimitPerIndex();
    if (perIndex.isEmpty()) {
      return Optional.of(terms.pods(pointer("backoffLimit"), "pods ever created", inAll));
    }
    BigInteger byIndex =
        wanted.multiply(BigInteger.valueOf(perIndex.getAsLong()).add(BigInteger.ONE));
    return Optional.of(
        terms.pods(pointer("backoffLimitPerIndex"), "pods ever created", byIndex.min(inAll)));
  }

  private Optional<Amount> byJobDeadline(
      BigInteger atOnce, Optional<BigInteger> created, BigInteger grace) {
    if (job.activeDeadlineSeconds().isEmpty() || (job.overlaps() && created.isEmpty())) {
      return Optional.empty();
    }
    BigInteger deadline =
        terms.deadline(
            pointer("activeDeadlineSeconds"),
            "deadline of the Job",
            job.activeDeadlineSeconds().getAsLong());
    BigInteger podSeconds = atOnce.multiply(deadline.add(grace));
    String rule = "accelerators x pods at once x (deadline of the Job + grace period)";
    if (!job.overlaps()) {
      return Optional.of(terms.amount(rule, demand.perPod(), podSeconds));
    }
    BigInteger replaced = created.orElseThrow().subtract(atOnce);
    terms.pods(pointer("podReplacementPolicy"), "pods replaced while terminating", replaced);
    return Optional.of(
        terms.amount(
            rule + " + accelerators x pods replaced x grace period",
            demand.perPod(),
            podSeconds.add(replaced.multiply(grace))));
  }

  private Optional<Amount> byPodDeadline(Optional<BigInteger> created, BigInteger grace) {
    PodTemplate template = job.template();
    if (template.activeDeadlineSeconds().isEmpty() || created.isEmpty()) {
      return Optional.empty();
    }
    BigInteger deadline =
        terms.deadline(
            template.pointer() + "/activeDeadlineSeconds",
            "pod deadline",
            template.activeDeadlineSeconds().getAsLong());
    return Optional.of(
        terms.amount(
            "accelerators x pods ever created x (pod deadline + grace period)",
            demand.perPod(),
            created.get().multiply(deadline.add(grace))));
  }

  private GpuHours unbounded(BigInteger atOnce) {
    Amount rate = terms.rate("accelerators x pods at once", demand.perPod(), atOnce);
    String found =
        job.ignoresFailures()
            ? "no deadline, and failures that podFailurePolicy ignores are retried without end"
            : "no deadline";
    return new GpuHours.Unbounded(
        rate,
        List.of(
            new Reason(
                Reason.Code.NoDeadline,
                pointer("activeDeadlineSeconds"),
                found,
                "a deadline in seconds")),
        terms.list());
  }

  private String pointer(String field) {
    return job.pointer() + "/" + field;
  }
}
