package dev.comptroller.webhook.server;

import dev.comptroller.core.governor.Review;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.webhook.tls.ServingPair;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2ServerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The HTTPS server of reviews. */
public final class ReviewServer {
  private static final int STREAMS_PER_CONNECTION = 1000;
  private static final int CONNECTION_WINDOW = 1024 * 1024;

  /** For clients to take in that they shall open other connections. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final HttpServer http;
  private final OpenConnections open;
  private final ReviewEndpoint endpoint;
  private final Optional<ClientNames> clients;

  private ReviewServer(
      Vertx vertx,
      HttpServer http,
      OpenConnections open,
      ReviewEndpoint endpoint,
      Optional<ClientNames> clients) {
    this.vertx = vertx;
    this.http = http;
    this.open = open;
    this.endpoint = endpoint;
    this.clients = clients;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   * @param clients which client certificates are let in; all clients where empty
   * @param judge makes the decisions; called on several threads at once
   */
  public static Future<ReviewServer> start(
      Vertx vertx,
      String host,
      int port,
      ServingPair pair,
      Optional<ClientNames> clients,
      Limits limits,
      ReviewMetrics metrics,
      Function<Review, Decision> judge) {
    HttpServerConfig config =
        new HttpServerConfig()
            .setTcpHost(host)
            .setTcpPort(port)
            .setVersions(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)
            .setIdleTimeout(Duration.ofMinutes(3));
    config.setHttp2Config(
        new Http2ServerConfig()
            .setConnectionWindowSize(CONNECTION_WINDOW)
            .setInitialSettings(
                new Http2Settings().setMaxConcurrentStreams(STREAMS_PER_CONNECTION)));
    HttpServer http = vertx.createHttpServer(config, options(pair, clients));
    ReviewEndpoint endpoint =
        new ReviewEndpoint(
            vertx,
            limits,
            new Reviewer(judge),
            metrics,
            request -> clients.map(names -> trusted(names, request)).orElse(true));
    OpenConnections open = new OpenConnections();
    http.connectionHandler(open::add);
    ReviewServer server = new ReviewServer(vertx, http, open, endpoint, clients);
    return http.requestHandler(endpoint).listen().map(server);
  }

  /** Where it listens. */
  public int port() {
    return http.actualPort();
  }

  /** Serves new connections with this pair; those that are open keep theirs. */
  public Future<Boolean> use(ServingPair pair) {
    return http.updateSSLOptions(options(pair, clients));
  }

  /**
   * Takes no new connection, lets the requests in flight end, and stops.
   *
   * @param grace how long they may take
   */
  public Future<Void> drain(Duration grace) {
    open.dismiss();
    return vertx
        .timer(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
        .compose(nothing -> http.shutdown(grace))
        .eventually(
            () -> {
              endpoint.close();
              return Future.succeededFuture();
            });
  }

  private static boolean trusted(ClientNames names, HttpServerRequest request) {
    return names.admits(request.sslSession());
  }

  /** The pair itself, never paths: options with the same paths count as unchanged. */
  private static ServerSSLOptions options(ServingPair pair, Optional<ClientNames> clients) {
    ServerSSLOptions options =
        new ServerSSLOptions().setKeyCertOptions(KeyCertOptions.wrap(pair.keyManager()));
    options.setUseAlpn(true);
    options.setApplicationLayerProtocols(List.of("h2", "http/1.1"));
    clients.ifPresent(
        names ->
            options
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(
                    new PemTrustOptions().addCertValue(Buffer.buffer(names.authorityPem()))));
    return options;
  }
}
