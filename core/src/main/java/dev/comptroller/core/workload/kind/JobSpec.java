package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.Holding;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.PodTemplateReader;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Site;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The spec of a Job, alone or in another object. Whether it is suspended is left out: it is judged
 * before it is resumed.
 *
 * <ul>
 *   <li>By the Job's deadline: pods at once for deadline and grace period; and where replacements
 *       do not wait, each pod that was replaced for a grace period beside its replacement.
 *   <li>By the pods' deadline: every pod ever created for deadline and grace period. Failures that
 *       are not counted create pods without end.
 * </ul>
 *
 * <p>The smaller of both holds.
 *
 * @param pointer JSON pointer of the spec
 * @param pods its pods at once
 * @param created pods ever created, retries included; none where failures are not counted
 * @param deadline the Job's own, counted from its start or last resume
 * @param overlaps whether a replacement may start while the pod it replaces still terminates
 * @param managedBy the field that names who reconciles it instead of the Job controller
 */
record JobSpec(
    String pointer,
    PodSet pods,
    Optional<Figure> created,
    Optional<Figure> deadline,
    boolean overlaps,
    Optional<Field> managedBy) {
  private static final long DEFAULT_BACKOFF_LIMIT = 6;
  private static final String JOB_CONTROLLER = "kubernetes.io/job-controller";

  static JobSpec read(Field spec, Site site) {
    spec.required("the spec of a Job");
    PodTemplate template = PodTemplateReader.read(spec.get("template"), site);
    long parallelism = spec.get("parallelism").whole().orElse(1);
    OptionalLong completions = spec.get("completions").whole();
    long atOnce = Math.min(parallelism, completions.orElse(parallelism));
    boolean failurePolicy = spec.get("podFailurePolicy").present();
    boolean waits = spec.get("podReplacementPolicy").textOrEmpty().equals("Failed");
    Field deadline = spec.get("activeDeadlineSeconds");
    OptionalLong seconds = deadline.whole();
    return new JobSpec(
        spec.pointer(),
        new PodSet(
            template, Figure.pods(spec.get("parallelism").pointer(), "pods at once", atOnce)),
        created(spec, completions.orElse(parallelism)),
        seconds.isPresent()
            ? Optional.of(site.deadline(deadline, "deadline of the Job", seconds.getAsLong()))
            : Optional.empty(),
        // A pod failure policy allows no other replacement than that of failed pods.
        !failurePolicy && !waits,
        spec.get("managedBy")
            .text()
            .filter(manager -> !manager.equals(JOB_CONTROLLER))
            .map(manager -> spec.get("managedBy")));
  }

  /** Pods ever created, each tolerated failure being one more. */
  private static Optional<Figure> created(Field spec, long wanted) {
    boolean uncounted =
        spec.get("podFailurePolicy").get("rules").elements().stream()
            .anyMatch(rule -> rule.get("action").textOrEmpty().equals("Ignore"));
    if (uncounted) {
      return Optional.empty();
    }
    OptionalLong perIndex = spec.get("backoffLimitPerIndex").whole();
    long backoff =
        spec.get("backoffLimit")
            .whole()
            .orElse(perIndex.isPresent() ? Integer.MAX_VALUE : DEFAULT_BACKOFF_LIMIT);
    BigInteger pods = BigInteger.valueOf(wanted);
    BigInteger inAll = pods.add(BigInteger.valueOf(backoff));
    if (perIndex.isEmpty()) {
      return Optional.of(
          Figure.pods(spec.get("backoffLimit").pointer(), "pods ever created", inAll));
    }
    BigInteger byIndex =
        pods.multiply(BigInteger.valueOf(perIndex.getAsLong()).add(BigInteger.ONE));
    return Optional.of(
        Figure.pods(
            spec.get("backoffLimitPerIndex").pointer(), "pods ever created", byIndex.min(inAll)));
  }

  private PodTemplate template() {
    return pods.template();
  }

  /** All its pods until the last of them is gone. */
  Holding holding() {
    if (managedBy.isPresent()) {
      return new Holding.Unpriced(
          List.of(template()),
          Reason.at(
              Reason.Code.UnpricedKind,
              managedBy.get(),
              managedBy.get().textOrEmpty(),
              "the Job controller, whose retries are known"));
    }
    if (pods.pods().isZero()) {
      return Holding.nothing();
    }
    List<Holding> bounds = new ArrayList<>();
    if (deadline.isPresent() && (created.isPresent() || !overlaps)) {
      bounds.add(until(deadline.get()));
    }
    Optional<Figure> podDeadline = template().deadline();
    if (podDeadline.isPresent() && created.isPresent()) {
      bounds.add(
          new Holding.InTurn(
              template(),
              created.get(),
              podDeadline.get().plus("pod deadline + grace period", template().grace())));
    }
    return switch (bounds.size()) {
      case 0 -> endless();
      case 1 -> bounds.getFirst();
      default -> new Holding.Least("the smaller of deadline of the Job and pod deadline", bounds);
    };
  }

  /** All its pods if something ends it at a deadline. */
  Holding until(Figure end) {
    Holding running = pods.during(end.plus(end.name() + " + grace period", template().grace()));
    if (!overlaps || created.isEmpty() || template().graceSeconds() == 0) {
      return running;
    }
    BigInteger replaced = created.get().value().subtract(pods.pods().value()).max(BigInteger.ZERO);
    Figure terminating =
        Figure.pods(pointer + "/podReplacementPolicy", "pods replaced while terminating", replaced);
    return new Holding.Together(
        "pods that run + pods that were replaced and still terminate",
        List.of(running, new Holding.AtOnce(template(), terminating, template().grace())));
  }

  private Holding endless() {
    return new Holding.Endless(
        List.of(template()),
        new Reason(
            Reason.Code.NoDeadline,
            pointer + "/activeDeadlineSeconds",
            created.isEmpty()
                ? "no deadline, and failures that podFailurePolicy ignores are retried without end"
                : "no deadline",
            "a deadline in seconds"));
  }
}
