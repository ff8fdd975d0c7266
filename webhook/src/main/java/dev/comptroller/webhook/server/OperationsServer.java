package dev.comptroller.webhook.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Plain HTTP for probes and Prometheus: {@code /livez} (also as {@code /healthz}), {@code /readyz},
 * {@code /metrics}.
 */
public final class OperationsServer {
  private OperationsServer() {}

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   */
  public static Future<HttpServer> start(
      Vertx vertx, String host, int port, Readiness readiness, PrometheusMeterRegistry registry) {
    return vertx
        .createHttpServer(new HttpServerConfig().setTcpHost(host).setTcpPort(port))
        .requestHandler(request -> answer(vertx, request, readiness, registry))
        .listen();
  }

  private static void answer(
      Vertx vertx,
      HttpServerRequest request,
      Readiness readiness,
      PrometheusMeterRegistry registry) {
    if (!request.method().equals(HttpMethod.GET)) {
      text(request, 405, "required GET\n");
      return;
    }
    switch (request.path()) {
      case "/livez", "/healthz" -> text(request, 200, "ok\n");
      case "/readyz" ->
          aside(
              vertx,
              request,
              readiness::waitingFor,
              waiting ->
                  text(
                      request,
                      waiting.isEmpty() ? 200 : 503,
                      waiting.isEmpty()
                          ? "ok\n"
                          : "waiting for " + String.join(", ", waiting) + "\n"));
      case "/metrics" ->
          aside(vertx, request, registry::scrape, metrics -> metrics(request, metrics));
      default -> text(request, 404, "required /livez, /readyz or /metrics\n");
    }
  }

  /** Conditions may ask the network, and a scrape takes its time: neither is for the event loop. */
  private static <T> void aside(
      Vertx vertx, HttpServerRequest request, Callable<T> question, Consumer<T> answer) {
    vertx
        .executeBlocking(question, false)
        .onSuccess(answer::accept)
        .onFailure(e -> text(request, 500, "not answerable now\n"));
  }

  private static void metrics(HttpServerRequest request, String metrics) {
    request
        .response()
        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
        .end(metrics);
  }

  private static void text(HttpServerRequest request, int status, String text) {
    request.response().setStatusCode(status).putHeader("content-type", "text/plain").end(text);
  }
}
