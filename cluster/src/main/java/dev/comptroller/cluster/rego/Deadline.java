package dev.comptroller.cluster.rego;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that opened it unless it is closed in time. Once closed, no interrupt of
 * its own is left behind.
 */
final class Deadline implements AutoCloseable {
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final Thread thread = Thread.currentThread();
  private final ScheduledFuture<?> alarm;
  private boolean expired;
  private boolean closed;

  @SuppressWarnings("ThisEscapedInObjectConstruction") // the alarm waits for the monitor
  Deadline(Duration limit) {
    alarm = CLOCK.schedule(this::expire, limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private synchronized void expire() {
    if (!closed) {
      expired = true;
      thread.interrupt();
    }
  }

  /** Whether the time is over. */
  synchronized boolean expired() {
    return expired;
  }

  @Override
  public synchronized void close() {
    closed = true;
    alarm.cancel(false);
    if (expired) {
      Thread.interrupted();
    }
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("rego-deadline").unstarted(task));
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }
}
