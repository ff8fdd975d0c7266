package dev.comptroller.webhook.server;

import dev.comptroller.core.policy.Decision;
import dev.comptroller.webhook.review.AdmissionRequest;
import dev.comptroller.webhook.review.AdmissionReviewReader;
import dev.comptroller.webhook.review.AdmissionReviewWriter;
import dev.comptroller.webhook.review.MalformedReviewException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request from its first byte to its only answer. The fields belong to the event loop, but for
 * {@link #admission}, which the worker fills as soon as it knows whom to answer.
 */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final HttpServerRequest http;
  private final Context eventLoop;
  private final ReviewMetrics metrics;
  private final ByteBudget budget;
  private final Duration deadline;
  private final long started = System.nanoTime();
  private final Buffer body = Buffer.buffer();
  private final Runnable onAnswered;
  private volatile @Nullable AdmissionRequest admission;
  private long taken;
  private boolean answered;
  private Runnable stopWork = () -> {};

  Exchange(
      HttpServerRequest http,
      Context eventLoop,
      ReviewMetrics metrics,
      ByteBudget budget,
      Duration deadline,
      Runnable onAnswered) {
    this.http = http;
    this.eventLoop = eventLoop;
    this.metrics = metrics;
    this.budget = budget;
    this.deadline = deadline;
    this.onAnswered = onAnswered;
  }

  /**
   * Makes sure of the room for a body before any of it comes: of many large bodies that come at
   * once, those that were let in get through.
   *
   * @param announced its length, 0 if the client does not say
   */
  void reserve(long announced) {
    take(announced);
  }

  /** Adds a piece of the body; answers 413 or 503 if it is more than may be held. */
  void receive(Buffer piece, int largest) {
    long length = (long) body.length() + piece.length();
    if (answered) {
      return;
    }
    if (length > largest) {
      turnAway(413, "the body is larger than " + largest + " bytes");
    } else if (take(length - taken)) {
      body.appendBuffer(piece);
    }
  }

  private boolean take(long bytes) {
    if (bytes <= 0) {
      return true;
    }
    if (!budget.take(bytes)) {
      turnAway(503, "too many requests are held; try again");
      return false;
    }
    taken += bytes;
    return true;
  }

  boolean answered() {
    return answered;
  }

  /** What a worker does; its result is handed back to the event loop. */
  Callable<@Nullable Void> work(Reviewer reviewer) {
    return () -> {
      try {
        AdmissionRequest request = AdmissionReviewReader.read(body.getBytes());
        admission = request;
        Decision decision = reviewer.decide(request);
        byte[] answer = AdmissionReviewWriter.write(request.uid(), decision);
        eventLoop.runOnContext(nothing -> answer(request, decision, answer));
      } catch (MalformedReviewException e) {
        String message = e.getMessage();
        eventLoop.runOnContext(nothing -> turnAway(400, message == null ? "malformed" : message));
      }
      return null;
    };
  }

  /** How to stop the worker once nobody waits for it. */
  void working(Runnable stop) {
    stopWork = stop;
  }

  /** The worker failed in a way that no decision could be made of. */
  void failed() {
    eventLoop.runOnContext(nothing -> turnAway(500, "the review failed"));
  }

  /** The time is over: answers as a review if it is known for whom. */
  void expire() {
    stopWork.run();
    AdmissionRequest known = admission;
    if (known == null) {
      turnAway(503, "not judged in time; try again");
      return;
    }
    Decision late = Reviewer.tooLate(deadline.toMillis());
    answer(known, late, AdmissionReviewWriter.write(known.uid(), late));
  }

  /** The client is gone. */
  void abandon() {
    if (!answered) {
      stopWork.run();
      finish();
    }
  }

  private void answer(AdmissionRequest request, Decision decision, byte[] bytes) {
    if (answered) {
      return;
    }
    finish();
    metrics.answered(request.review(), decision, Duration.ofNanos(System.nanoTime() - started));
    Reviewer.log(request, decision);
    http.response()
        .putHeader("content-type", "application/json")
        .end(Buffer.buffer(bytes))
        .onFailure(e -> LOG.debug("event=answer-lost uid={}", request.uid()));
  }

  /** Answers without a verdict; the text quotes nothing of the request. */
  void turnAway(int status, String text) {
    if (answered) {
      return;
    }
    finish();
    TurnedAway.answer(http, metrics, status, text);
  }

  private void finish() {
    answered = true;
    budget.giveBack(taken);
    onAnswered.run();
  }
}
