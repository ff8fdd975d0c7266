package dev.comptroller.webhook.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.core.governor.Review;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.webhook.review.Reviews;
import dev.comptroller.webhook.tls.ServingPair;
import dev.comptroller.webhook.tls.TestAuthority;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewServerTest {
  private static final Decision ALLOWED = decision(Outcome.ALLOWED, List.of());
  private static final Decision UNSIGNED =
      decision(
          Outcome.DENIED,
          List.of(new Finding(ReasonCode.Unsigned, "/metadata", "no signature", "one", "sign")));

  private final TestAuthority authority = new TestAuthority();
  private final Vertx vertx = Vertx.vertx();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void stop() throws Exception {
    release.countDown();
    await(vertx.close());
  }

  @ParameterizedTest
  @EnumSource
  void a_verdict_is_answered_with_the_uid_that_was_asked(HttpClient.Version version)
      throws Exception {
    ReviewServer server = start(review -> UNSIGNED);

    try (HttpClient client = client(version)) {
      HttpResponse<String> response = client.send(review(server), BodyHandlers.ofString());

      assertThat(response.version()).isEqualTo(version);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
      JsonNode answer = new JsonMapper().readTree(response.body()).path("response");
      assertThat(answer.path("uid").asText()).isEqualTo("u-1");
      assertThat(answer.path("allowed").asBoolean(true)).isFalse();
      assertThat(answer.at("/status/message").asText()).startsWith("Unsigned: /metadata: ");
    }
  }

  @Test
  void what_is_no_review_gets_an_http_error_and_no_stack_trace() throws Exception {
    ReviewServer server = start(review -> ALLOWED);

    assertThat(post(server, "{").statusCode()).isEqualTo(400);
    assertThat(post(server, "").statusCode()).isEqualTo(400);
    HttpResponse<String> old =
        post(
            server,
            Reviews.trainingRun("u").replace("admission.k8s.io/v1", "admission.k8s.io/v1beta1"));
    assertThat(old.statusCode()).isEqualTo(400);
    assertThat(old.body()).isEqualTo("apiVersion: required admission.k8s.io/v1\n");
    assertThat(send(request(server, "/review").GET()).statusCode()).isEqualTo(405);
    assertThat(send(request(server, "/review").DELETE()).headers().firstValue("allow"))
        .hasValue("POST");
    assertThat(send(json(server, "/elsewhere", "{}")).statusCode()).isEqualTo(404);
    assertThat(
            send(request(server, "/review")
                    .header("content-type", "application/yaml")
                    .POST(BodyPublishers.ofString("a: b")))
                .statusCode())
        .isEqualTo(415);
    assertThat(send(request(server, "/review").POST(BodyPublishers.ofString("{}"))).statusCode())
        .isEqualTo(415);
    assertThat(post(server, Reviews.trainingRun("u-9")).statusCode()).isEqualTo(200);
  }

  @Test
  void a_review_of_three_mebibytes_is_judged() throws Exception {
    ReviewServer server =
        start(
            review -> {
              int length = review.object().orElseThrow().spec().path("note").asText().length();
              return length == 3 << 20 ? UNSIGNED : ALLOWED;
            });
    String large =
        Reviews.trainingRun("u")
            .replace("\"spec\": {}", "\"spec\": {\"note\": \"" + "x".repeat(3 << 20) + "\"}");

    assertThat(post(server, large).body()).contains("Unsigned");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_body_beyond_the_limit_is_refused_before_it_is_all_there(boolean announced)
      throws Exception {
    ReviewServer server = start(review -> ALLOWED);
    byte[] piece = " ".repeat(64 * 1024).getBytes(UTF_8);
    List<byte[]> pieces = new ArrayList<>();
    for (int i = 0; i < 8 * 16; i++) {
      pieces.add(piece);
    }
    HttpRequest.BodyPublisher body = BodyPublishers.ofByteArrays(pieces);
    HttpResponse<String> response =
        send(
            request(server, "/review")
                .header("content-type", "application/json")
                .POST(
                    announced
                        ? BodyPublishers.fromPublisher(body, (long) pieces.size() * piece.length)
                        : body));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(post(server, Reviews.trainingRun("u")).statusCode()).isEqualTo(200);
  }

  @Test
  void an_error_while_judging_denies_and_tells_nothing_of_the_object() throws Exception {
    ReviewServer server =
        start(
            review -> {
              throw new IllegalStateException("s3cret of " + review);
            });

    HttpResponse<String> response = post(server, Reviews.trainingRun("u"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("EvaluationFailed")
        .doesNotContain("s3cret", "IllegalState");
  }

  @Test
  void a_slow_verdict_is_answered_with_try_again_before_the_deadline_and_stops_the_work()
      throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    ReviewServer server =
        start(limits(Duration.ofMillis(400), 1, 10), review -> sleep(interrupted, ended));
    long before = System.nanoTime();

    HttpResponse<String> response = post(server, Reviews.trainingRun("u-slow"));

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    JsonNode answer = new JsonMapper().readTree(response.body()).path("response");
    assertThat(answer.path("uid").asText()).isEqualTo("u-slow");
    assertThat(answer.at("/status/code").asInt()).isEqualTo(429);
    assertThat(answer.at("/status/details/retryAfterSeconds").asInt()).isEqualTo(1);
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted).isTrue();
  }

  @Test
  void the_api_servers_own_timeout_counts_where_it_is_shorter() throws Exception {
    ReviewServer server = start(limits(Duration.ofSeconds(20), 1, 10), review -> hold());
    long before = System.nanoTime();

    HttpResponse<String> response =
        send(json(server, "/review?timeout=1s", Reviews.trainingRun("u")));

    assertThat(response.body()).contains("429");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void more_reviews_than_may_wait_are_turned_away_at_once() throws Exception {
    ReviewServer server = start(limits(Duration.ofSeconds(20), 1, 2), review -> hold());
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
      for (int i = 0; i < 10; i++) {
        answers.add(
            client
                .sendAsync(review(server), BodyHandlers.ofString())
                .thenApply(HttpResponse::statusCode));
      }
      await(() -> answers.stream().filter(CompletableFuture::isDone).count() == 7);
      assertThat(answers.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
          .containsOnly(503);
      release.countDown();
      assertThat(answers.stream().map(CompletableFuture::join).filter(status -> status == 200))
          .hasSize(3);
    }
  }

  @Test
  void a_thousand_reviews_at_once_are_all_judged() throws Exception {
    ReviewServer server = start(review -> UNSIGNED);
    try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        String body = Reviews.trainingRun("u-" + i);
        answers.add(
            client
                .sendAsync(json(server, "/review", body).build(), BodyHandlers.ofString())
                .thenApply(HttpResponse::body));
      }
      Set<String> uids = new HashSet<>();
      for (CompletableFuture<String> answer : answers) {
        uids.add(
            new JsonMapper()
                .readTree(answer.get(20, TimeUnit.SECONDS))
                .at("/response/uid")
                .asText());
      }
      assertThat(uids).hasSize(1000).contains("u-0", "u-999");
      assertThat(registry.get("comptroller.admission.held.bytes").gauge().value()).isZero();
    }
  }

  @Test
  void bytes_held_at_once_are_bounded() throws Exception {
    Limits small = new Limits(Duration.ofSeconds(20), 1, 100, 1 << 20, 1 << 20);
    ReviewServer server = start(small, review -> hold());
    String half =
        Reviews.trainingRun("u")
            .replace("\"spec\": {}", "\"spec\": {\"note\": \"" + "x".repeat(700_000) + "\"}");
    try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
      var first = client.sendAsync(json(server, "/review", half).build(), BodyHandlers.ofString());
      await(() -> registry.get("comptroller.admission.held.bytes").gauge().value() > 700_000);

      assertThat(post(server, half).statusCode()).isEqualTo(503);
      release.countDown();
      assertThat(first.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(post(server, half).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void of_many_large_reviews_at_once_some_get_through_and_the_others_are_told_at_once()
      throws Exception {
    ReviewServer server =
        start(new Limits(Duration.ofSeconds(60), 2, 100, 4 << 20, 8 << 20), review -> UNSIGNED);
    String large =
        Reviews.trainingRun("u")
            .replace("\"spec\": {}", "\"spec\": {\"note\": \"" + "x".repeat(3 << 20) + "\"}");
    try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(
            client
                .sendAsync(json(server, "/review", large).build(), BodyHandlers.ofString())
                .thenApply(HttpResponse::statusCode));
      }
      List<Integer> statuses = new ArrayList<>();
      for (CompletableFuture<Integer> answer : answers) {
        statuses.add(answer.get(60, TimeUnit.SECONDS));
      }
      assertThat(statuses).containsOnly(200, 503);
    }
    assertThat(registry.get("comptroller.admission.held.bytes").gauge().value()).isZero();
  }

  @Test
  void a_new_certificate_is_shown_to_new_connections_without_a_restart() throws Exception {
    ReviewServer server = start(review -> ALLOWED);
    var before = authority.pair();
    await(server.use(before));
    assertThat(serialShown(server)).isEqualTo(serial(before));
    var after = authority.pair();

    await(server.use(after));

    assertThat(serialShown(server)).isEqualTo(serial(after)).isNotEqualTo(serial(before));
  }

  @Test
  void reviews_in_flight_end_while_new_connections_are_refused() throws Exception {
    CountDownLatch judging = new CountDownLatch(1);
    ReviewServer server =
        start(
            limits(Duration.ofSeconds(20), 2, 10),
            review -> {
              judging.countDown();
              return hold();
            });
    int port = server.port();
    try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
      var inFlight = client.sendAsync(review(server), BodyHandlers.ofString());
      assertThat(judging.await(20, TimeUnit.SECONDS)).isTrue();

      Future<Void> drained = server.drain(Duration.ofSeconds(10));
      await(() -> refused(port));
      assertThat(drained.isComplete()).isFalse();
      release.countDown();

      assertThat(inFlight.get(20, TimeUnit.SECONDS).body()).contains("\"allowed\":true");
      await(drained);
    }
  }

  @Test
  void only_clients_with_an_allowed_name_are_answered_where_certificates_are_required()
      throws Exception {
    ClientNames others = new ClientNames(authority.pem(), Set.of("kube-apiserver"));
    ClientNames ours = new ClientNames(authority.pem(), Set.of("comptroller webhook"));
    SSLContext certificate = authority.showing(authority.clientPair());
    ReviewServer server = start(Optional.of(ours));
    ReviewServer strict = start(Optional.of(others));

    assertThat(send(certificate, review(server)).statusCode()).isEqualTo(200);
    assertThat(send(certificate, review(strict)).statusCode()).isEqualTo(403);
    assertThatThrownBy(() -> send(authority.trusting(), review(server)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void labels_of_metrics_are_bounded_whatever_kinds_are_sent() throws Exception {
    ReviewServer server = start(review -> UNSIGNED);
    for (int i = 0; i < 5; i++) {
      post(
          server,
          Reviews.create("u", "evil.example.com", "v1", "Kind" + i, "kinds", "{\"kind\": \"K\"}"));
    }
    post(server, Reviews.trainingRun("u"));

    assertThat(registry.scrape())
        .contains(
            "comptroller_admission_reviews_seconds_count{decision=\"denied\",kind=\"other\","
                + "operation=\"CREATE\",reason=\"Unsigned\"} 5")
        .contains(
            "comptroller_admission_reviews_seconds_count{decision=\"denied\",kind=\"TrainingRun\","
                + "operation=\"CREATE\",reason=\"Unsigned\"} 1")
        .contains("comptroller_admission_reviews_seconds_bucket")
        .doesNotContain("Kind0");
  }

  private Decision hold() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ALLOWED;
  }

  private static Decision sleep(AtomicBoolean interrupted, CountDownLatch ended) {
    try {
      Thread.sleep(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      interrupted.set(true);
    } finally {
      ended.countDown();
    }
    return ALLOWED;
  }

  private ReviewServer start(Function<Review, Decision> judge) throws Exception {
    return start(Limits.of(Duration.ofSeconds(20), 8), judge);
  }

  private ReviewServer start(Limits limits, Function<Review, Decision> judge) throws Exception {
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

  private ReviewServer start(Optional<ClientNames> clients) throws Exception {
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

  private static Limits limits(Duration deadline, int workers, int waiting) {
    return new Limits(deadline, workers, waiting, 1 << 20, 1 << 22);
  }

  private HttpClient client(HttpClient.Version version) throws Exception {
    return HttpClient.newBuilder().version(version).sslContext(authority.trusting()).build();
  }

  private HttpResponse<String> post(ReviewServer server, String body) throws Exception {
    return send(json(server, "/review", body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return send(authority.trusting(), request.build());
  }

  private static HttpResponse<String> send(SSLContext context, HttpRequest request)
      throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private static HttpRequest review(ReviewServer server) {
    return json(server, "/review", Reviews.trainingRun("u-1")).build();
  }

  private static HttpRequest.Builder json(ReviewServer server, String path, String body) {
    return request(server, path)
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static HttpRequest.Builder request(ReviewServer server, String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private String serialShown(ReviewServer server) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            authority
                .trusting()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSerialNumber()
          .toString();
    }
  }

  private static String serial(ServingPair pair) {
    return pair.chain().getFirst().getSerialNumber().toString();
  }

  private boolean refused(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        InputStream in = socket.getInputStream()) {
      socket.setSoTimeout(200);
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time over").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static Decision decision(Outcome outcome, List<Finding> findings) {
    return new Decision(outcome, findings, List.of(), List.of(), Assessment.NONE);
  }
}
