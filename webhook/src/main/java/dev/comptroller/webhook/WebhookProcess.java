package dev.comptroller.webhook;

import dev.comptroller.core.governor.Review;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.webhook.server.ClientNames;
import dev.comptroller.webhook.server.Limits;
import dev.comptroller.webhook.server.OperationsServer;
import dev.comptroller.webhook.server.Readiness;
import dev.comptroller.webhook.server.ReviewMetrics;
import dev.comptroller.webhook.server.ReviewServer;
import dev.comptroller.webhook.tls.CertificateSource;
import dev.comptroller.webhook.tls.ServedCertificate;
import dev.comptroller.webhook.tls.ServingPair;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that runs while the webhook does, from the first probe to the last answer. */
final class WebhookProcess {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookProcess.class);
  private static final Duration START = Duration.ofSeconds(30);

  private final WebhookOptions options;
  private final Function<Review, Decision> judge;
  private final Optional<ClientNames> clients;
  private final Vertx vertx;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ReviewMetrics metrics = new ReviewMetrics(registry);
  private final ServedCertificate certificate;
  private final Readiness readiness;
  private final ScheduledExecutorService refresh =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "certificate"));
  private volatile Optional<ReviewServer> reviews = Optional.empty();
  private final HttpServer operations;

  private WebhookProcess(
      WebhookOptions options,
      CertificateSource source,
      Optional<ClientNames> clients,
      Map<String, BooleanSupplier> conditions,
      Function<Review, Decision> judge,
      Clock clock)
      throws Exception {
    this.options = options;
    this.judge = judge;
    this.clients = clients;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    this.certificate =
        new ServedCertificate(source, options.certificateNames(), clock, this::serve, registry);
    Map<String, BooleanSupplier> all = new LinkedHashMap<>(conditions);
    all.put("the serving certificate", certificate::good);
    this.readiness = new Readiness(all);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    this.operations =
        await(OperationsServer.start(vertx, options.host, options.healthPort, readiness, registry));
  }

  /**
   * Starts, and returns as soon as probes are answered; reviews are answered once there is a
   * certificate.
   *
   * @param conditions what has to hold, beside the certificate, before this is ready
   * @param interval how often the certificate is looked at
   */
  static WebhookProcess start(
      WebhookOptions options,
      CertificateSource source,
      Optional<ClientNames> clients,
      Map<String, BooleanSupplier> conditions,
      Function<Review, Decision> judge,
      Clock clock,
      Duration interval)
      throws Exception {
    WebhookProcess process = new WebhookProcess(options, source, clients, conditions, judge, clock);
    var _ =
        process.refresh.scheduleWithFixedDelay(
            process.certificate::refresh, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    return process;
  }

  /** Where reviews are answered, once there is a certificate. */
  Optional<Integer> port() {
    return reviews.map(ReviewServer::port);
  }

  /** Where probes and metrics are answered. */
  int healthPort() {
    return operations.actualPort();
  }

  /**
   * Stops: not ready at once, serving on while the last reviews come, then until those in flight
   * are answered.
   */
  void stop() throws Exception {
    LOG.info("event=stopping drain={} grace={}", options.drain, options.grace);
    readiness.drain();
    Thread.sleep(options.drain);
    refresh.shutdownNow();
    Optional<ReviewServer> server = reviews;
    if (server.isPresent()) {
      await(server.get().drain(options.grace));
    }
    await(vertx.close());
    LOG.info("event=stopped");
  }

  /** Called by one thread only. */
  private void serve(ServingPair pair) throws Exception {
    Optional<ReviewServer> running = reviews;
    if (running.isPresent()) {
      await(running.get().use(pair));
      return;
    }
    ReviewServer server =
        await(
            ReviewServer.start(
                vertx,
                options.host,
                options.port,
                pair,
                clients,
                Limits.of(options.timeout, options.workers),
                metrics,
                judge));
    reviews = Optional.of(server);
    LOG.info("event=serving port={}", server.port());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(START.toSeconds(), TimeUnit.SECONDS);
  }
}
