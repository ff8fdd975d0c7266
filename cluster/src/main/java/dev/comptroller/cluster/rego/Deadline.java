package dev.comptroller.cluster.rego;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that opened it once it has computed for too long, unless it is closed in
 * time. What counts is the time of the processor: a rule waits for nothing, so that it is its own
 * fault, and a busy machine does not make a verdict. Where a thread gets hardly any, it is stopped
 * by the clock. Once closed, no interrupt of its own is left behind.
 */
final class Deadline implements AutoCloseable {
  /** How many times the limit may pass by the clock. */
  private static final int PATIENCE = 10;

  private static final ScheduledThreadPoolExecutor CLOCK = clock();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Thread thread = Thread.currentThread();
  private final long limit;
  private final long startedByClock = System.nanoTime();
  private final long startedByProcessor;
  private ScheduledFuture<?> alarm;
  private boolean expired;
  private boolean closed;

  @SuppressWarnings("ThisEscapedInObjectConstruction") // the alarm waits for the monitor
  Deadline(Duration limit) {
    this.limit = limit.toNanos();
    this.startedByProcessor = processorTime();
    this.alarm = CLOCK.schedule(this::expire, this.limit, TimeUnit.NANOSECONDS);
  }

  private synchronized void expire() {
    if (closed) {
      return;
    }
    long left = Math.min(leftByProcessor(), leftByClock());
    if (left > 0) {
      alarm = CLOCK.schedule(this::expire, left, TimeUnit.NANOSECONDS);
    } else {
      expired = true;
      thread.interrupt();
    }
  }

  private long leftByClock() {
    return PATIENCE * limit - (System.nanoTime() - startedByClock);
  }

  private long leftByProcessor() {
    long now = processorTime();
    return now < 0 || startedByProcessor < 0 ? 0 : limit - (now - startedByProcessor);
  }

  /** Nanoseconds; negative where nobody measures it, as for virtual threads. */
  private long processorTime() {
    return THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled()
        ? THREADS.getThreadCpuTime(thread.threadId())
        : -1;
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
