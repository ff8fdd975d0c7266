package dev.comptroller.webhook.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Answers to requests that get no verdict. */
final class TurnedAway {
  /** HTTP/2 for: the answer is complete, send no more. */
  private static final int NO_ERROR = 0;

  private TurnedAway() {}

  /** Answers, and takes no more of a body that is still on its way. */
  static void answer(HttpServerRequest http, ReviewMetrics metrics, int status, String text) {
    metrics.turnedAway(status);
    var response = http.response().setStatusCode(status).putHeader("content-type", "text/plain");
    boolean unread = !http.isEnded();
    boolean multiplexed = http.version() == HttpVersion.HTTP_2;
    if (unread && !multiplexed) {
      response.putHeader("connection", "close");
    }
    response
        .end(text + "\n")
        .onComplete(
            nothing -> {
              if (unread && multiplexed) {
                response.reset(NO_ERROR);
              } else if (unread) {
                http.connection().close();
              }
            });
  }
}
