package dev.comptroller.testkit.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a Service is to its clients: one address, whose new connections go to the servers behind it
 * in turn. A connection that is open stays with its server, also when that takes no new ones.
 */
public final class Balancer implements AutoCloseable {
  private static final int BACKLOG = 256;

  private final ServerSocket listener;
  private final List<Integer> servers = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService streams = Executors.newVirtualThreadPerTaskExecutor();

  private Balancer(int port) throws IOException {
    this.listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    streams.execute(this::accept);
  }

  /** A balancer on this port of the loopback address. */
  public static Balancer on(int port) {
    try {
      return new Balancer(port);
    } catch (IOException e) {
      throw new UncheckedIOException("Nothing can listen on port " + port, e);
    }
  }

  /** Sends new connections to this local port, too. */
  public void add(int server) {
    servers.add(server);
  }

  /** Sends no new connections to this local port. */
  public void remove(int server) {
    servers.remove(Integer.valueOf(server));
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    streams.shutdownNow();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        streams.execute(() -> connect(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void connect(Socket client) {
    List<Integer> candidates = List.copyOf(servers);
    try (client;
        Socket server = new Socket()) {
      if (candidates.isEmpty()) {
        return;
      }
      int port = candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      open.add(client);
      open.add(server);
      var answers = streams.submit(() -> copy(server, client));
      copy(client, server);
      answers.get();
    } catch (Exception e) {
      // Either side has gone: the other learns it by its connection being closed.
    } finally {
      open.remove(client);
    }
  }

  /** Passes on what comes until its end, and then that end. */
  private void copy(Socket from, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      from.getInputStream().transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    } finally {
      open.remove(from);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }
}
