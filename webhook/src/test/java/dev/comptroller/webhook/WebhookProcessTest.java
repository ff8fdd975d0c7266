package dev.comptroller.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.webhook.review.Reviews;
import dev.comptroller.webhook.tls.MountedCertificate;
import dev.comptroller.webhook.tls.ServingPair;
import dev.comptroller.webhook.tls.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertPathBuilderException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WebhookProcessTest {
  private static final Decision ALLOWED =
      new Decision(Decision.Outcome.ALLOWED, List.of(), List.of(), List.of(), Assessment.NONE);

  private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost.comptroller-system.svc");

  private final TestAuthority authority = new TestAuthority();
  private final AtomicBoolean synced = new AtomicBoolean();
  private final CountDownLatch judging = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private Optional<WebhookProcess> process = Optional.empty();

  @TempDir private Path directory;

  @BeforeEach
  void start() throws Exception {
    WebhookOptions options = new WebhookOptions();
    options.host = "127.0.0.1";
    options.port = 0;
    options.healthPort = 0;
    options.service = "localhost";
    options.names = List.of("127.0.0.1");
    options.timeout = Duration.ofSeconds(60);
    options.grace = Duration.ofSeconds(60);
    options.drain = Duration.ofMillis(600);
    process =
        Optional.of(
            WebhookProcess.start(
                options,
                new MountedCertificate(directory),
                Optional.empty(),
                Map.of("caches", synced::get),
                review -> {
                  judging.countDown();
                  hold();
                  return ALLOWED;
                },
                Clock.systemUTC(),
                Duration.ofMillis(50)));
  }

  @AfterEach
  void stop() throws Exception {
    release.countDown();
    if (process.isPresent()) {
      process.get().stop();
    }
  }

  @Test
  void it_lives_at_once_and_is_ready_when_caches_and_certificate_are() throws Exception {
    assertThat(health("/livez").statusCode()).isEqualTo(200);
    assertThat(health("/readyz").body()).isEqualTo("waiting for caches, the serving certificate\n");

    synced.set(true);
    assertThat(health("/readyz").body()).isEqualTo("waiting for the serving certificate\n");

    write(authority.pair(NAMES));
    await(() -> ready() == 200);
    assertThat(health("/metrics").body())
        .contains("comptroller_webhook_certificate_not_after_seconds", "jvm_memory_used_bytes");

    synced.set(false);
    assertThat(ready()).isEqualTo(503);
  }

  @Test
  void a_renewed_certificate_is_served_without_a_restart() throws Exception {
    write(authority.pair(NAMES));
    await(() -> process.flatMap(WebhookProcess::port).isPresent());
    release.countDown();
    TestAuthority other = new TestAuthority();
    assertThatThrownBy(() -> review(other).get(30, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(CertPathBuilderException.class);
    assertThat(review(authority).get(30, TimeUnit.SECONDS)).isEqualTo(200);

    write(other.pair(NAMES));

    await(
        () -> {
          try {
            return review(other).get(30, TimeUnit.SECONDS) == 200;
          } catch (Exception e) {
            return false;
          }
        });
  }

  @Test
  void told_to_stop_it_is_not_ready_at_once_and_answers_what_is_in_flight() throws Exception {
    synced.set(true);
    write(authority.pair(NAMES));
    await(() -> ready() == 200);
    CompletableFuture<Integer> inFlight = review(authority);
    assertThat(judging.await(30, TimeUnit.SECONDS)).isTrue();

    WebhookProcess stopping = process.orElseThrow();
    process = Optional.empty();
    CompletableFuture<Void> stopped =
        CompletableFuture.runAsync(
            () -> {
              try {
                stopping.stop();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    await(() -> health(stopping, "/readyz") == 503);
    CompletableFuture<Integer> late = review(stopping, authority);
    Thread.sleep(1000);
    assertThat(stopped).isNotDone();
    release.countDown();

    assertThat(inFlight.get(30, TimeUnit.SECONDS)).isEqualTo(200);
    assertThat(late.get(30, TimeUnit.SECONDS)).isEqualTo(200);
    stopped.get(30, TimeUnit.SECONDS);
  }

  @Test
  void an_unknown_option_is_refused_by_name() {
    var command = new CommandLine(new WebhookMain());

    assertThatThrownBy(() -> command.parseArgs("--prot=8443"))
        .isInstanceOf(CommandLine.UnmatchedArgumentException.class)
        .hasMessageContaining("--prot=8443");
    assertThatThrownBy(() -> command.parseArgs("--timeout=fast")).hasMessageContaining("--timeout");
  }

  private void hold() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(ServingPair pair) throws IOException {
    Path next = Files.createTempDirectory(directory, "..pair");
    Files.writeString(next.resolve("tls.crt"), pair.certificatePem());
    Files.writeString(next.resolve("tls.key"), pair.keyPem());
    Path link = directory.resolve("..next");
    Files.createSymbolicLink(link, next);
    Files.move(
        link,
        directory.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private int ready() {
    return health(process.orElseThrow(), "/readyz");
  }

  private HttpResponse<String> health(String path) throws Exception {
    return get(process.orElseThrow(), path);
  }

  private static int health(WebhookProcess process, String path) {
    try {
      return get(process, path).statusCode();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> get(WebhookProcess process, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + process.healthPort() + path))
              .build(),
          BodyHandlers.ofString());
    }
  }

  private CompletableFuture<Integer> review(TestAuthority trusted) throws Exception {
    return review(process.orElseThrow(), trusted);
  }

  private static CompletableFuture<Integer> review(WebhookProcess process, TestAuthority trusted)
      throws Exception {
    return HttpClient.newBuilder()
        .sslContext(trusted.trusting())
        .build()
        .sendAsync(
            HttpRequest.newBuilder(
                    URI.create("https://127.0.0.1:" + process.port().orElseThrow() + "/review"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Reviews.trainingRun("u")))
                .build(),
            BodyHandlers.ofString())
        .thenApply(HttpResponse::statusCode);
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time over").isLessThan(end);
      Thread.sleep(20);
    }
  }
}
