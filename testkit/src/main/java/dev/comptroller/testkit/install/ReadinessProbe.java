package dev.comptroller.testkit.install;

import dev.comptroller.testkit.LocalProcess;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** The readiness probe of a container, asked of a local process. */
final class ReadinessProbe {
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final URI address;

  ReadinessProbe(Container container, LocalPorts ports) {
    Probe probe = container.getReadinessProbe();
    HTTPGetAction action = probe == null ? null : probe.getHttpGet();
    if (action == null || "HTTPS".equals(action.getScheme())) {
      throw new IllegalStateException(
          "Container " + container.getName() + " needs a readiness probe by plain HTTP");
    }
    this.address =
        URI.create("http://127.0.0.1:" + ports.of(container, action.getPort()) + action.getPath());
  }

  /**
   * Waits until the process is ready.
   *
   * @throws IllegalStateException if it ends or is not ready in time, with the end of its log
   */
  void await(LocalProcess process, Duration limit) {
    Instant deadline = Instant.now().plus(limit);
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PERIOD).build()) {
      while (!isReady(client)) {
        if (!process.isAlive() || Instant.now().isAfter(deadline)) {
          throw new IllegalStateException(
              process.name()
                  + (process.isAlive() ? " is not ready after " + limit : " ended")
                  + "; "
                  + process.log()
                  + " ends with:\n"
                  + process.logTail());
        }
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for " + process.name(), e);
    }
  }

  /** The HTTP status of the answer; 0 where nobody answers. */
  int status() {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PERIOD).build()) {
      return status(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private boolean isReady(HttpClient client) throws InterruptedException {
    int status = status(client);
    return status >= 200 && status < 400;
  }

  private int status(HttpClient client) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(1)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }
}
