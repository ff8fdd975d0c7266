package dev.comptroller.testkit.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** TCP ports of this machine. */
public final class FreePort {
  private FreePort() {}

  /** A port that nothing listened on just now. */
  public static int next() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No port is free", e);
    }
  }
}
