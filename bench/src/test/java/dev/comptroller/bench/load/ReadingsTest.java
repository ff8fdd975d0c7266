package dev.comptroller.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.bench.load.Answers.Answer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is read from the load generator, the kernel and the Java runtime. */
class ReadingsTest {
  private static final String STAT =
      "4711 (java (old) :-) S 1 4711 4711 0 -1 4194560 100 200 3 4 150 25 7 8 20 0 40 0 99 1000";
  private static final String STATUS =
      """
      Name:	java
      VmPeak:	 4000000 kB
      VmHWM:	  300000 kB
      VmRSS:	  200000 kB
      """;

  @Test
  void a_result_of_the_generator_is_an_answer() throws Exception {
    String result =
        """
        {"attack":"","seq":7,"code":200,"timestamp":"2026-01-02T03:04:05.123456789Z",
         "latency":1500000,"bytes_out":12,"bytes_in":7,"error":"","body":"eyJhIjoxfQ==",
         "method":"POST","url":"https://a/b","headers":{}}
        """;

    assertThat(Vegeta.answer(new JsonMapper().readTree(result)))
        .isEqualTo(
            new Answer(
                Instant.parse("2026-01-02T03:04:05.123456789Z"),
                200,
                Duration.ofNanos(1_500_000),
                "",
                "{\"a\":1}"));
  }

  @Test
  void a_request_without_an_answer_has_an_error_and_no_status() throws Exception {
    String result =
        """
        {"code":0,"timestamp":"2026-01-02T03:04:05Z","latency":1,"body":null,
         "error":"Post \\"https://a/b\\": EOF, and more"}
        """;

    assertThat(Vegeta.answer(new JsonMapper().readTree(result)))
        .isEqualTo(
            new Answer(
                Instant.parse("2026-01-02T03:04:05Z"),
                0,
                Duration.ofNanos(1),
                "Post \"https://a/b\": EOF, and more",
                ""));
  }

  @Test
  void processor_time_and_memory_are_read_whatever_the_process_is_named() {
    assertThat(ProcessUsage.of(STAT, STATUS))
        .isEqualTo(new ProcessUsage(Duration.ofMillis(1750), 204_800_000, 307_200_000));
  }

  @Test
  void processors_that_were_busy_are_processor_time_by_time() {
    ProcessUsage before = new ProcessUsage(Duration.ofSeconds(1), 0, 0);
    ProcessUsage after = new ProcessUsage(Duration.ofSeconds(4), 0, 0);

    assertThat(JavaProcess.processors(before, after, Duration.ofSeconds(2))).isEqualTo(1.5);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void this_process_uses_something() {
    ProcessUsage usage = ProcessUsage.of(ProcessHandle.current());

    assertThat(usage.processor()).isPositive();
    assertThat(usage.resident()).isPositive().isLessThanOrEqualTo(usage.mostResident());
  }

  @Test
  void pauses_of_the_collector_are_told_from_its_other_lines() {
    CollectorPauses pauses =
        CollectorPauses.in(
            """
            [0.010s][info][gc] Using Serial
            [2.100s][info][gc] GC(0) Pause Young (Allocation Failure) 12M->3M(60M) 2.500ms
            [3.000s][info][gc] GC(1) Pause Full (Metadata GC Threshold) 9M->4M(60M) 20.250ms
            event=denied name="GC(3) Pause"
            """);

    assertThat(pauses.milliseconds()).containsExactly(2.5, 20.25);
    assertThat(pauses.longest()).isEqualTo(20.25);
    assertThat(pauses.total()).isEqualTo(22.75);
  }

  @Test
  void a_table_is_markdown() {
    MarkdownTable table = new MarkdownTable("of", "each, ms");
    table.add("all", 1.25);
    table.add(3, "-");

    assertThat(table)
        .hasToString(
            """
            | of | each, ms |
            | ---: | ---: |
            | all | 1.3 |
            | 3 | - |
            """);
  }

  @Test
  void a_row_with_too_few_cells_is_an_error() {
    assertThatThrownBy(() -> new MarkdownTable("one", "two").add(1))
        .hasMessageContaining("found [1], required one for [one, two]");
  }
}
