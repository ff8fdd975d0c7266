package dev.comptroller.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.comptroller.bench.load.Answers.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {
  /** One every ten milliseconds, that took 1 to 1000 milliseconds, the longest first. */
  private final Answers answers =
      new Answers(
          100,
          IntStream.rangeClosed(1, 1000)
              .mapToObj(number -> answer(number * 10_000_000L, 200, 1001 - number))
              .toList());

  @ParameterizedTest
  @CsvSource({"0.5, 500", "0.99, 990", "0.999, 999", "1, 1000", "0.0001, 1"})
  void a_percentile_is_the_least_latency_that_so_many_do_not_exceed(double share, long millis) {
    assertThat(answers.percentile(share)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void the_rate_is_what_was_sent_between_first_and_last() {
    assertThat(answers.sentEachSecond()).isEqualTo(100);
  }

  @Test
  void an_answer_that_is_not_right_is_found() {
    Answers mixed = new Answers(1, List.of(answer(0, 200, 1), answer(1, 0, 2), answer(2, 500, 3)));

    assertThat(mixed.wrong(answer -> answer.status() == 200))
        .extracting(Answer::status)
        .containsExactly(0, 500);
  }

  @Test
  void no_answer_at_all_is_an_error() {
    assertThatThrownBy(() -> new Answers(1, List.of())).hasMessage("no request was sent");
  }

  private static Answer answer(long sent, int status, long millis) {
    return new Answer(Instant.EPOCH.plusNanos(sent), status, Duration.ofMillis(millis), "", "");
  }
}
