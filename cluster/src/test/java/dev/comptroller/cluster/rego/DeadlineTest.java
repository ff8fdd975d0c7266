package dev.comptroller.cluster.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  @Test
  void a_thread_that_computes_for_too_long_is_interrupted() {
    try (Deadline deadline = new Deadline(Duration.ofMillis(50))) {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait();
      }
      assertThat(deadline.expired()).isTrue();
    }
    assertThat(Thread.interrupted()).as("nothing is left behind").isFalse();
  }

  @Test
  void a_thread_that_waits_for_the_processor_gets_its_time() throws InterruptedException {
    try (Deadline deadline = new Deadline(Duration.ofMillis(200))) {
      // Longer than the limit, and much shorter than the patience with a busy machine.
      Thread.sleep(400);

      assertThat(deadline.expired()).isFalse();
    }
  }

  @Test
  void a_thread_that_gets_no_processor_at_all_is_interrupted_in_the_end() {
    try (Deadline deadline = new Deadline(Duration.ofMillis(20))) {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      assertThat(deadline.expired()).isTrue();
    }
    assertThat(Thread.interrupted()).isFalse();
  }
}
