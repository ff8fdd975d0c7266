package dev.comptroller.webhook.server;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code POST /review}. The event loop only collects bytes and hands them on; reading and judging
 * happen on a bounded pool. Each request is answered before its deadline, with a verdict or
 * without.
 */
final class ReviewEndpoint implements Handler<HttpServerRequest>, AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final Pattern SECONDS = Pattern.compile("([0-9]{1,4})s");

  /** What the answer needs to travel before the API server gives up. */
  private static final Duration MARGIN = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Limits limits;
  private final Reviewer reviewer;
  private final ReviewMetrics metrics;
  private final Predicate<HttpServerRequest> trusted;
  private final ByteBudget budget;
  private final ThreadPoolExecutor workers;

  ReviewEndpoint(
      Vertx vertx,
      Limits limits,
      Reviewer reviewer,
      ReviewMetrics metrics,
      Predicate<HttpServerRequest> trusted) {
    this.vertx = vertx;
    this.limits = limits;
    this.reviewer = reviewer;
    this.metrics = metrics;
    this.trusted = trusted;
    this.budget = new ByteBudget(limits.heldBytes());
    AtomicInteger number = new AtomicInteger();
    this.workers =
        new ThreadPoolExecutor(
            limits.workers(),
            limits.workers(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(limits.waiting()),
            work -> new Thread(work, "review-" + number.incrementAndGet()));
    metrics.watch(budget::held, () -> workers.getQueue().size());
  }

  @Override
  public void handle(HttpServerRequest http) {
    Optional<Refusal> refusal = refusal(http);
    if (refusal.isPresent()) {
      TurnedAway.answer(http, metrics, refusal.get().status(), refusal.get().text());
      return;
    }
    Context eventLoop = vertx.getOrCreateContext();
    Duration deadline = deadline(http);
    long[] timer = new long[1];
    Exchange exchange =
        new Exchange(http, eventLoop, metrics, budget, deadline, () -> vertx.cancelTimer(timer[0]));
    timer[0] = vertx.setTimer(deadline.toMillis(), id -> exchange.expire());
    http.exceptionHandler(e -> exchange.abandon());
    http.response().closeHandler(nothing -> exchange.abandon());
    exchange.reserve(announced(http));
    http.handler(piece -> exchange.receive(piece, limits.bodyBytes()));
    http.endHandler(nothing -> submit(exchange));
  }

  private void submit(Exchange exchange) {
    if (exchange.answered()) {
      return;
    }
    FutureTask<?> task =
        new FutureTask<>(exchange.work(reviewer)) {
          @Override
          protected void setException(Throwable failure) {
            super.setException(failure);
            exchange.failed();
          }
        };
    exchange.working(
        () -> {
          if (task.cancel(true)) {
            workers.remove(task);
          }
        });
    try {
      workers.execute(task);
    } catch (RejectedExecutionException e) {
      exchange.turnAway(503, "too many reviews wait; try again");
    }
  }

  private Optional<Refusal> refusal(HttpServerRequest http) {
    if (!trusted.test(http)) {
      return Optional.of(
          new Refusal(403, "the client certificate is not one of the allowed names"));
    }
    if (!http.path().equals("/review")) {
      return Optional.of(new Refusal(404, "required /review"));
    }
    if (!http.method().equals(HttpMethod.POST)) {
      http.response().putHeader("allow", "POST");
      return Optional.of(new Refusal(405, "required POST"));
    }
    String type = http.getHeader("content-type");
    if (type == null || !mediaType(type).equals("application/json")) {
      return Optional.of(new Refusal(415, "content-type: required application/json"));
    }
    if (announced(http) > limits.bodyBytes()) {
      return Optional.of(
          new Refusal(413, "the body is larger than " + limits.bodyBytes() + " bytes"));
    }
    return Optional.empty();
  }

  private static long announced(HttpServerRequest http) {
    String length = http.getHeader("content-length");
    return length != null && LENGTH.matcher(length).matches() ? Long.parseLong(length) : 0;
  }

  private static String mediaType(String contentType) {
    int parameters = contentType.indexOf(';');
    return (parameters < 0 ? contentType : contentType.substring(0, parameters))
        .trim()
        .toLowerCase(Locale.ROOT);
  }

  /** The API server says in the query how long it waits ({@code ?timeout=10s}). */
  private Duration deadline(HttpServerRequest http) {
    String timeout = http.getParam("timeout");
    Matcher seconds = SECONDS.matcher(timeout == null ? "" : timeout);
    if (!seconds.matches() || seconds.group(1).equals("0")) {
      return limits.deadline();
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(seconds.group(1))).minus(MARGIN);
    return asked.compareTo(limits.deadline()) < 0 ? asked : limits.deadline();
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }

  private record Refusal(int status, String text) {}
}
