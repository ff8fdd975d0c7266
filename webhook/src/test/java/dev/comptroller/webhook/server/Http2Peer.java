package dev.comptroller.webhook.server;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client that speaks as little HTTP/2 as there is, and so sees when it is told what. */
final class Http2Peer implements AutoCloseable {
  /** Types of frames (RFC 9113, section 6). */
  static final int SETTINGS = 4;

  static final int GO_AWAY = 7;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final byte[] EMPTY_SETTINGS = {0, 0, 0, SETTINGS, 0, 0, 0, 0, 0};
  private static final int LIMIT_MILLIS = 20_000;

  private final SSLSocket socket;
  private final DataInputStream in;

  private Http2Peer(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  static Http2Peer connect(SSLContext context, int port) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LIMIT_MILLIS);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    OutputStream out = socket.getOutputStream();
    out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
    out.write(EMPTY_SETTINGS);
    out.flush();
    return new Http2Peer(socket);
  }

  /** Reads until a frame of this type has come. */
  void await(int type) throws IOException {
    while (nextFrame() != type) {
      // Others tell nothing here.
    }
  }

  /** Reads until the server has closed the connection. */
  void awaitEnd() throws IOException {
    try {
      while (true) {
        nextFrame();
      }
    } catch (EOFException e) {
      // It has.
    }
  }

  private int nextFrame() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    in.skipNBytes(5L + length);
    return type;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
