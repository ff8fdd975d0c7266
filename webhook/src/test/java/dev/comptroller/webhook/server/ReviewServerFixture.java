package dev.comptroller.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.core.governor.Review;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.webhook.review.Reviews;
import dev.comptroller.webhook.tls.TestAuthority;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;

/** Starts servers for a test, and asks them as the API server does. */
abstract class ReviewServerFixture {
  static final Decision ALLOWED = decision(Outcome.ALLOWED, List.of());
  static final Decision UNSIGNED =
      decision(
          Outcome.DENIED,
          List.of(new Finding(ReasonCode.Unsigned, "/metadata", "no signature", "one", "sign")));

  final TestAuthority authority = new TestAuthority();
  final Vertx vertx = Vertx.vertx();
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void stop() throws Exception {
    release.countDown();
    await(vertx.close());
  }

  Decision hold() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ALLOWED;
  }

  ReviewServer start(Function<Review, Decision> judge) throws Exception {
    return start(Limits.of(Duration.ofSeconds(20), 8), judge);
  }

  ReviewServer start(Limits limits, Function<Review, Decision> judge) throws Exception {
    return await(
        ReviewServer.start(
            vertx,
            "127.0.0.1",
            0,
            authority.pair(),
            Optional.empty(),
            limits,
            new ReviewMetrics(registry),
            judge));
  }

  ReviewServer start(Optional<ClientNames> clients) throws Exception {
    return await(
        ReviewServer.start(
            vertx,
            "127.0.0.1",
            0,
            authority.pair(),
            clients,
            Limits.of(Duration.ofSeconds(20), 2),
            new ReviewMetrics(registry),
            review -> ALLOWED));
  }

  static Limits limits(Duration deadline, int workers, int waiting) {
    return new Limits(deadline, workers, waiting, 1 << 20, 1 << 22);
  }

  HttpClient client(HttpClient.Version version) throws Exception {
    return HttpClient.newBuilder().version(version).sslContext(authority.trusting()).build();
  }

  HttpResponse<String> post(ReviewServer server, String body) throws Exception {
    return send(json(server, "/review", body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return send(authority.trusting(), request.build());
  }

  static HttpResponse<String> send(SSLContext context, HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  static HttpRequest review(ReviewServer server) {
    return json(server, "/review", Reviews.trainingRun("u-1")).build();
  }

  static HttpRequest.Builder json(ReviewServer server, String path, String body) {
    return request(server, path)
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  static HttpRequest.Builder request(ReviewServer server, String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  static void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time over").isLessThan(end);
      Thread.sleep(20);
    }
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  static Decision decision(Outcome outcome, List<Finding> findings) {
    return new Decision(outcome, findings, List.of(), List.of(), Assessment.NONE);
  }
}
