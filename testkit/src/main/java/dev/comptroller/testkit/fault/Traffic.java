package dev.comptroller.testkit.fault;

import dev.comptroller.testkit.fault.Fault.Loss;
import dev.comptroller.testkit.fault.Fault.Sequel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The writes of one namespace in their order, and the fault that is planned for one of them. */
final class Traffic {
  private final List<Write> writes = new ArrayList<>();
  private Optional<Fault> planned = Optional.empty();
  private CountDownLatch silence = new CountDownLatch(0);
  private boolean struck;

  /** What to do with a write. */
  enum Treatment {
    PASS,
    /** Break the connection instead of asking. */
    LOSE_REQUEST,
    /** Ask, then break the connection. */
    LOSE_ANSWER,
    /** Say nothing, and do not ask. */
    HOLD_REQUEST,
    /** Ask, then say nothing. */
    HOLD_ANSWER
  }

  synchronized void plan(Fault fault) {
    writes.clear();
    planned = Optional.of(fault);
    struck = false;
  }

  synchronized Treatment arrive(Write write) {
    writes.add(write);
    if (silence.getCount() > 0) {
      return Treatment.HOLD_REQUEST;
    }
    if (planned.isEmpty() || writes.size() != planned.get().write()) {
      return Treatment.PASS;
    }
    struck = true;
    boolean request = planned.get().loss() == Loss.REQUEST;
    if (planned.get().sequel() == Sequel.RECOVERY) {
      return request ? Treatment.LOSE_REQUEST : Treatment.LOSE_ANSWER;
    }
    silence = new CountDownLatch(1);
    return request ? Treatment.HOLD_REQUEST : Treatment.HOLD_ANSWER;
  }

  synchronized List<Write> writes() {
    return List.copyOf(writes);
  }

  synchronized boolean struck() {
    return struck;
  }

  void awaitEndOfSilence() throws InterruptedException {
    CountDownLatch current;
    synchronized (this) {
      current = silence;
    }
    current.await();
  }

  synchronized void heal() {
    planned = Optional.empty();
    silence.countDown();
  }
}
