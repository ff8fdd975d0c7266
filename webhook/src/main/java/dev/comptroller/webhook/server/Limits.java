package dev.comptroller.webhook.server;

import java.time.Duration;

/**
 * What one process takes on at once; more is turned away at once.
 *
 * @param deadline from the first byte of a request to its answer; below the API server's timeout
 * @param workers threads that judge, some of which may wait for the API server
 * @param waiting reviews that may wait for a worker
 * @param bodyBytes largest request; a review holds the old and the new object
 * @param heldBytes bytes of all requests that wait or are judged
 */
public record Limits(Duration deadline, int workers, int waiting, int bodyBytes, int heldBytes) {
  private static final int MEBIBYTE = 1024 * 1024;

  public Limits {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline: found " + deadline + ", required above zero");
    }
    if (workers < 1 || waiting < 1 || bodyBytes < 1 || heldBytes < bodyBytes) {
      throw new IllegalArgumentException(
          "limits: required at least one worker, one waiting, and room for one largest body");
    }
  }

  /** Room for a burst of ordinary reviews, or for a few of the largest, in 256 MiB. */
  public static Limits of(Duration deadline, int workers) {
    return new Limits(deadline, workers, 2048, 7 * MEBIBYTE, 16 * MEBIBYTE);
  }
}
