package dev.comptroller.core.gpuhours;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A Job as its controller runs it, second by second: pods fail, succeed, run into deadlines, and
 * take their time to stop.
 *
 * @param deadline the Job's; without end if it is very large
 * @param podDeadline of each pod
 * @param overlaps whether a replacement starts while its predecessor still stops
 */
record SimulatedJob(
    int parallelism,
    int completions,
    int backoffLimit,
    long deadline,
    long podDeadline,
    long grace,
    boolean overlaps) {
  static final long NEVER = 1L << 40;

  /** How pods fare. */
  interface Fate {
    /** How long a pod runs if nothing stops it, at most so long. */
    long life(long most);

    /** Whether it then has failed. */
    boolean fails();

    /** How long it takes to stop, at most so long. */
    long stopping(long most);

    /** Pods that do as they like. */
    static Fate of(Random random) {
      return new Fate() {
        @Override
        public long life(long most) {
          return random.nextLong(Math.min(most, 10_000) + 1);
        }

        @Override
        public boolean fails() {
          return random.nextInt(3) > 0;
        }

        @Override
        public long stopping(long most) {
          return random.nextLong(most + 1);
        }
      };
    }

    /** Pods that hold on as long as they can, and fail. */
    static Fate worst() {
      return new Fate() {
        @Override
        public long life(long most) {
          return most;
        }

        @Override
        public boolean fails() {
          return true;
        }

        @Override
        public long stopping(long most) {
          return most;
        }
      };
    }
  }

  private record Pod(long start, long end, boolean failed) {}

  /** Pod-seconds until the last pod is gone. */
  long podSeconds(Fate fate) {
    PriorityQueue<Pod> active = new PriorityQueue<>((a, b) -> Long.compare(a.end(), b.end()));
    List<Long> blocked = new ArrayList<>();
    long spent = 0;
    long now = 0;
    int failures = 0;
    int succeeded = 0;
    while (true) {
      long present = now;
      blocked.removeIf(until -> until <= present);
      while (active.size() + blocked.size() < Math.min(parallelism, completions - succeeded)
          && now < deadline) {
        long life = Math.max(1, fate.life(Math.min(podDeadline, deadline - now)));
        boolean stopped = life == podDeadline || now + life >= deadline;
        active.add(new Pod(now, now + life, stopped || fate.fails()));
      }
      Pod next = active.poll();
      if (next == null) {
        if (blocked.isEmpty() || now >= deadline) {
          return spent;
        }
        now = blocked.stream().mapToLong(Long::longValue).min().orElseThrow();
        continue;
      }
      now = next.end();
      long stopping = next.failed() ? fate.stopping(grace) : 0;
      spent += next.end() - next.start() + stopping;
      if (!next.failed()) {
        succeeded++;
      } else {
        failures++;
        if (!overlaps) {
          blocked.add(now + stopping);
        }
      }
      if (failures > backoffLimit || now >= deadline) {
        for (Pod rest : active) {
          spent += now - rest.start() + fate.stopping(grace);
        }
        return spent;
      }
    }
  }
}
