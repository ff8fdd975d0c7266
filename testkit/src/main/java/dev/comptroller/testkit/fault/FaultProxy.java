package dev.comptroller.testkit.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.comptroller.testkit.fault.Traffic.Treatment;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between a client and the API server, counts what the client writes in each namespace, and
 * loses the one write that it is told to lose. Who asks stays who he is: his token is passed on.
 *
 * <p>It speaks plain HTTP on the loopback address and, like {@code kubectl proxy}, no WebSockets:
 * clients watch by a request whose answer does not end.
 */
public final class FaultProxy implements AutoCloseable {
  /** Headers that belong to one connection, or that are made anew for the other one. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "transfer-encoding",
          "upgrade");

  private static final int NO_BODY = -1;
  private static final int CHUNKED = 0;

  private final URI apiServer;
  private final HttpClient client;
  private final HttpServer server;
  private final ExecutorService exchanges = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Traffic> traffic = new ConcurrentHashMap<>();

  private FaultProxy(Config apiServer) throws IOException {
    this.apiServer = URI.create(apiServer.getMasterUrl());
    // One connection of HTTP/2 has a limited number of streams, and each watch holds one: also
    // those of programs that were killed, until the API server has something to tell them.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(ApiServerTrust.of(apiServer))
            .build();
    // The server writes head and body apart; by default the second waits for the first to be
    // acknowledged.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(exchanges);
    server.start();
  }

  /** A proxy before an API server, trusting its authority and using none of its credentials. */
  public static FaultProxy before(Config apiServer) {
    try {
      return new FaultProxy(apiServer);
    } catch (IOException e) {
      throw new UncheckedIOException("No proxy can be started", e);
    }
  }

  /** What clients are to take for the API server's address. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Plans a fault, counting the writes of the namespace from now on. */
  public void plan(String namespace, Fault fault) {
    traffic(namespace).plan(fault);
  }

  /** The writes of a namespace, lost ones among them; empty text for what has none. */
  public List<Write> writes(String namespace) {
    return traffic(namespace).writes();
  }

  /** Whether the planned fault has happened. */
  public boolean struck(String namespace) {
    return traffic(namespace).struck();
  }

  /** Ends silences, breaking the connections that were held, and forgets what was planned. */
  public void heal() {
    traffic.values().forEach(Traffic::heal);
  }

  @Override
  public void close() {
    heal();
    server.stop(0);
    exchanges.shutdownNow();
    client.shutdownNow();
  }

  private Traffic traffic(String namespace) {
    return traffic.computeIfAbsent(namespace, key -> new Traffic());
  }

  /** Leaving without an answer breaks the connection. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
        exchange.sendResponseHeaders(200, NO_BODY);
        return;
      }
      Write write = new Write(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
      if (!write.changesSomething()) {
        relay(exchange, ask(exchange));
        return;
      }
      Traffic of = traffic(write.namespace());
      Treatment treatment = of.arrive(write);
      switch (treatment) {
        case PASS -> relay(exchange, ask(exchange));
        case LOSE_REQUEST -> {}
        case LOSE_ANSWER -> discard(ask(exchange));
        case HOLD_REQUEST -> of.awaitEndOfSilence();
        case HOLD_ANSWER -> {
          discard(ask(exchange));
          of.awaitEndOfSilence();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<InputStream> ask(HttpExchange exchange)
      throws IOException, InterruptedException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(apiServer.resolve(exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    exchange.getRequestHeaders().forEach((name, values) -> copy(name, values, request::header));
    return client.send(request.build(), BodyHandlers.ofInputStream());
  }

  private static void relay(HttpExchange exchange, HttpResponse<InputStream> response)
      throws IOException {
    response
        .headers()
        .map()
        .forEach((name, values) -> copy(name, values, exchange.getResponseHeaders()::add));
    boolean empty = response.statusCode() == 204 || response.statusCode() == 304;
    exchange.sendResponseHeaders(response.statusCode(), empty ? NO_BODY : CHUNKED);
    try (InputStream from = response.body();
        OutputStream to = exchange.getResponseBody()) {
      to.flush();
      byte[] buffer = new byte[16 * 1024];
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        to.write(buffer, 0, read);
        to.flush();
      }
    }
  }

  private static void discard(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      body.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void copy(String name, List<String> values, Header to) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!OF_THE_CONNECTION.contains(lower) && !lower.startsWith(":")) {
      values.forEach(value -> to.add(name, value));
    }
  }

  /** Where a header goes. */
  @FunctionalInterface
  private interface Header {
    void add(String name, String value);
  }
}
