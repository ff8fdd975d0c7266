package dev.comptroller.webhook.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.webhook.review.Reviews;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewServerLimitsTest extends ReviewServerFixture {
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
}
