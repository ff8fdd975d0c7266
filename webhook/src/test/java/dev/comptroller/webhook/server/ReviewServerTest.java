package dev.comptroller.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.webhook.review.Reviews;
import dev.comptroller.webhook.tls.ServingPair;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReviewServerTest extends ReviewServerFixture {
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
  void a_client_is_told_to_go_elsewhere_some_time_before_its_connection_is_closed()
      throws Exception {
    ReviewServer server = start(review -> ALLOWED);
    try (Http2Peer peer = Http2Peer.connect(authority.trusting(), server.port())) {
      peer.await(Http2Peer.SETTINGS);

      Future<Void> drained = server.drain(Duration.ofSeconds(10));

      peer.await(Http2Peer.GO_AWAY);
      Instant told = Instant.now();
      peer.awaitEnd();
      assertThat(Duration.between(told, Instant.now())).isGreaterThan(Duration.ofMillis(500));
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
}
