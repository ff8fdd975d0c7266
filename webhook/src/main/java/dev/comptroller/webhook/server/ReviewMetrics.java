package dev.comptroller.webhook.server;

import dev.comptroller.core.governor.Review;
import dev.comptroller.core.policy.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Counts and times reviews. Every label has a fixed set of values, whatever a tenant sends. */
public final class ReviewMetrics {
  private static final Set<String> KINDS =
      Set.of(
          "TrainingRun",
          "ModelDeployment",
          "GovernancePolicy",
          "Approval",
          "Pod",
          "Job",
          "CronJob",
          "Deployment",
          "ReplicaSet",
          "StatefulSet",
          "DaemonSet");
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;

  public ReviewMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A review was answered. */
  void answered(Review review, Decision decision, Duration taken) {
    Timer.builder("comptroller.admission.reviews")
        .description("Reviews answered, from the first byte of the request to the answer")
        .tag("decision", decision.outcome().name().toLowerCase(Locale.ROOT))
        .tag(
            "reason",
            decision.findings().isEmpty() ? "none" : decision.findings().getFirst().code().name())
        .tag("kind", KINDS.contains(review.target().kind()) ? review.target().kind() : "other")
        .tag("operation", review.operation().name())
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(taken);
  }

  /** A request was turned away with this HTTP status, without a verdict. */
  void turnedAway(int status) {
    Counter.builder("comptroller.admission.rejected.requests")
        .description("Requests that were no reviews, or more than could be taken")
        .tag("status", Integer.toString(status))
        .register(registry)
        .increment();
  }

  /** Shows how many bytes of requests are held, and how many reviews wait for a worker. */
  void watch(Supplier<Number> bytesHeld, Supplier<Number> reviewsWaiting) {
    Gauge.builder("comptroller.admission.held.bytes", bytesHeld)
        .description("Bytes of requests held in memory")
        .register(registry);
    Gauge.builder("comptroller.admission.waiting.reviews", reviewsWaiting)
        .description("Reviews that wait for a worker")
        .register(registry);
  }
}
