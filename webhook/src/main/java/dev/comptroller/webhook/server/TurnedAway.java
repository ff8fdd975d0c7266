package dev.comptroller.webhook.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Answers to requests that get no verdict. */
final class TurnedAway {
  private TurnedAway() {}

  static void answer(HttpServerRequest http, ReviewMetrics metrics, int status, String text) {
    metrics.turnedAway(status);
    var response = http.response().setStatusCode(status).putHeader("content-type", "text/plain");
    boolean bodyUnread = !http.isEnded() && http.version() != HttpVersion.HTTP_2;
    if (bodyUnread) {
      response.putHeader("connection", "close");
    }
    response
        .end(text + "\n")
        .onComplete(
            nothing -> {
              if (bodyUnread) {
                http.connection().close();
              }
            });
  }
}
