package dev.comptroller.webhook.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of a server, whose clients can be told to go elsewhere. */
final class OpenConnections {
  private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean dismissed;

  /** A client has connected. */
  void add(HttpConnection connection) {
    open.add(connection);
    connection.closeHandler(nothing -> open.remove(connection));
    if (dismissed) {
      dismiss(connection);
    }
  }

  /**
   * Tells all clients, and those yet to come, to send nothing more here, while all that is on its
   * way is still answered (RFC 9113, section 6.8): a client closes such a connection itself when it
   * has all answers. HTTP/1.1 has no word for it.
   */
  void dismiss() {
    dismissed = true;
    open.forEach(OpenConnections::dismiss);
  }

  /**
   * Past Vert.x, which would close the connection as soon as nothing is under way: what is just
   * coming would meet a reset, which takes answers with it that the client has not read.
   */
  private static void dismiss(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server
        && server.channelHandlerContext().handler() instanceof Http2ConnectionHandler http2) {
      ChannelHandlerContext channel = server.channelHandlerContext();
      channel.executor().execute(() -> goAway(http2, channel));
    }
  }

  private static void goAway(Http2ConnectionHandler http2, ChannelHandlerContext channel) {
    var _ =
        http2
            .encoder()
            .frameWriter()
            .writeGoAway(
                channel,
                Integer.MAX_VALUE,
                Http2Error.NO_ERROR.code(),
                Unpooled.EMPTY_BUFFER,
                channel.newPromise());
    channel.flush();
  }
}
