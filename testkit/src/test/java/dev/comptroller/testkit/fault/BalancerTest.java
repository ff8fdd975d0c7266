package dev.comptroller.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.comptroller.testkit.install.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BalancerTest {
  private final int port = FreePort.next();
  private Balancer balancer;
  private HttpServer one;
  private HttpServer other;

  @BeforeEach
  void start() throws IOException {
    balancer = Balancer.on(port);
    one = server("one");
    other = server("other");
    balancer.add(one.getAddress().getPort());
    balancer.add(other.getAddress().getPort());
  }

  @AfterEach
  void stop() throws IOException {
    balancer.close();
    one.stop(0);
    other.stop(0);
  }

  @Test
  void connections_go_to_the_servers_in_turn() throws IOException {
    try (Socket first = connect();
        Socket second = connect()) {
      assertThat(Stream.of(ask(first), ask(second))).containsExactlyInAnyOrder("one", "other");
    }
  }

  @Test
  void an_open_connection_stays_with_its_server_when_that_is_withdrawn() throws IOException {
    try (Socket early = connect()) {
      String server = ask(early);
      HttpServer withdrawn = server.equals("one") ? one : other;
      balancer.remove(withdrawn.getAddress().getPort());

      assertThat(ask(early)).isEqualTo(server);
      for (int attempt = 0; attempt < 3; attempt++) {
        try (Socket late = connect()) {
          assertThat(ask(late)).isNotEqualTo(server);
        }
      }
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  /** Sends one request on a connection that is kept, and reads who answered. */
  private static String ask(Socket connection) throws IOException {
    connection
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
    for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
      // The head says nothing of interest.
    }
    return reader.readLine();
  }

  private static HttpServer server(String name) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = (name + "\n").getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
