package dev.comptroller.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Plain HTTP for kubelet and Prometheus: {@code /livez}, {@code /readyz}, {@code /metrics}. */
final class HealthServer implements AutoCloseable {
  private final HttpServer server;

  /**
   * Starts serving.
   *
   * @param port 0 takes any free one
   * @throws IOException if the port is taken
   */
  HealthServer(
      int port, PrometheusMeterRegistry metrics, BooleanSupplier live, BooleanSupplier ready)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/livez", exchange -> probe(exchange, live));
    server.createContext("/readyz", exchange -> probe(exchange, ready));
    server.createContext("/metrics", exchange -> answer(exchange, 200, metrics::scrape));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** The port that is served. */
  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void probe(HttpExchange exchange, BooleanSupplier condition) throws IOException {
    boolean holds = condition.getAsBoolean();
    answer(exchange, holds ? 200 : 503, () -> holds ? "ok\n" : "not yet\n");
  }

  private static void answer(HttpExchange exchange, int status, Supplier<String> text)
      throws IOException {
    try (exchange) {
      byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
