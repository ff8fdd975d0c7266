package dev.comptroller.bench.load;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a load of so many requests a second got.
 *
 * @param rate that was asked for, in requests a second
 * @param all in the order in which they came
 */
record Answers(int rate, List<Answer> all) {
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * One answer.
   *
   * @param status of HTTP; 0 where there was no answer
   * @param latency from sending to the last byte
   * @param error what went wrong; empty where nothing did
   */
  record Answer(Instant sent, int status, Duration latency, String error, String body) {}

  Answers {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalStateException("no request was sent");
    }
  }

  /**
   * The latency that this share of the answers does not exceed (the nearest rank).
   *
   * @param share above 0, at most 1
   */
  Duration percentile(double share) {
    List<Duration> sorted = all.stream().map(Answer::latency).sorted().toList();
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(1, rank) - 1);
  }

  /** The same in milliseconds. */
  double millis(double share) {
    return percentile(share).toNanos() / NANOS_PER_MILLI;
  }

  /** Requests a second that were really sent. */
  double sentEachSecond() {
    Instant first = all.stream().map(Answer::sent).min(Comparator.naturalOrder()).orElseThrow();
    Instant last = all.stream().map(Answer::sent).max(Comparator.naturalOrder()).orElseThrow();
    return all.size() < 2 ? rate : (all.size() - 1) * NANOS / first.until(last, ChronoUnit.NANOS);
  }

  /** Answers that are not what they have to be. */
  List<Answer> wrong(Predicate<Answer> right) {
    return all.stream().filter(right.negate()).toList();
  }
}
