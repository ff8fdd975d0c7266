package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.CronSchedule;
import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.Holding;
import dev.comptroller.core.workload.HoldingTime;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Window;
import dev.comptroller.core.workload.Workload;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * A CronJob: over a window, each run that starts in it counts in full; where runs may not overlap,
 * the pods of one run for the whole window are the limit. Without a window it has no end.
 */
final class CronJobKind implements Kind {
  @Override
  public String name() {
    return "batch/CronJob";
  }

  @Override
  public Workload read(Field object, Site site) {
    Field spec = object.get("spec").required("the spec of a CronJob");
    JobSpec job = JobSpec.read(spec.get("jobTemplate").get("spec"), site.fresh());
    CronSchedule schedule = schedule(spec);
    Field policy = spec.get("concurrencyPolicy");
    boolean overlaps = policy.text().orElse("Allow").equals("Allow");
    Optional<Window> window = site.around().window();
    return window.isPresent()
        ? over(window.get(), spec, schedule, job, overlaps)
        : withoutEnd(spec, schedule, job, overlaps);
  }

  private static Workload over(
      Window window, Field spec, CronSchedule schedule, JobSpec job, boolean overlaps) {
    Figure runs =
        new Figure(
            spec.get("schedule").pointer(),
            "runs that start in the window",
            BigInteger.valueOf(schedule.ticks(window)),
            "",
            List.of());
    Holding all = new Holding.Repeated(runs, job.holding());
    if (!overlaps) {
      PodSet one = job.pods();
      Figure whole =
          new Figure(
              "",
              "window",
              BigInteger.valueOf(Math.ceilDiv(window.length().toMillis(), 1000L)),
              "s",
              List.of());
      Holding always = runs.isZero() ? Holding.nothing() : one.during(whole);
      return new Workload(
          "CronJob",
          List.of(one),
          new Holding.Least("the smaller of all runs and one run at a time", List.of(all, always)));
    }
    Figure pods = job.pods().pods().times("pods of all runs", runs);
    return new Workload("CronJob", List.of(new PodSet(job.pods().template(), pods)), all);
  }

  /** Runs that may overlap do so as often as one lasts longer than the time to the next. */
  private static Workload withoutEnd(
      Field spec, CronSchedule schedule, JobSpec job, boolean overlaps) {
    PodSet atOnce = job.pods();
    if (overlaps) {
      Figure runs =
          new Figure(
              spec.get("concurrencyPolicy").pointer(),
              "runs at once",
              runsAtOnce(schedule, job),
              "",
              List.of());
      atOnce = new PodSet(atOnce.template(), atOnce.pods().times("pods of all runs", runs));
    }
    return Workload.serving("CronJob", List.of(atOnce));
  }

  private static BigInteger runsAtOnce(CronSchedule schedule, JobSpec job) {
    return HoldingTime.longest(job.holding(), template -> true)
        .map(
            seconds -> {
              BigInteger gap = BigInteger.valueOf(schedule.shortestGap().toSeconds());
              return seconds.add(gap).subtract(BigInteger.ONE).divide(gap);
            })
        .orElse(Figure.UNLIMITED);
  }

  private static CronSchedule schedule(Field spec) {
    Field text = spec.get("schedule").required("a schedule such as 0 3 * * *");
    try {
      return CronSchedule.parse(text.textOrEmpty(), zone(spec.get("timeZone")));
    } catch (IllegalArgumentException e) {
      throw text.malformed("a schedule of five fields such as 0 3 * * *, or a name such as @daily");
    }
  }

  private static ZoneId zone(Field timeZone) {
    try {
      return timeZone.present() ? ZoneId.of(timeZone.textOrEmpty()) : ZoneOffset.UTC;
    } catch (DateTimeException e) {
      throw timeZone.malformed("a time zone such as Europe/Zurich");
    }
  }
}
