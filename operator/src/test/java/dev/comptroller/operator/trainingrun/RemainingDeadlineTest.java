package dev.comptroller.operator.trainingrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemainingDeadlineTest {
  private static final Instant STARTED = Instant.parse("2026-11-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "3600, 30, 0,    3570",
    "3600, 30, 600,  2970",
    "3600, 0,  600,  3000",
    "3600, 30, 3599, 1",
    "3600, 30, 9999, 1",
    "3600, 30, -5,   3570",
  })
  void it_shrinks_by_the_time_that_passed_and_the_grace_period_and_never_to_nothing(
      long deadline, long grace, long passed, long expected) {
    assertThat(RemainingDeadline.of(job(deadline, grace), STARTED.plusSeconds(passed)))
        .hasValue(expected);
  }

  @Test
  void a_part_of_a_second_counts_as_a_whole_one() {
    assertThat(RemainingDeadline.of(job(3600, 30), STARTED.plusMillis(600_001))).hasValue(2969);
  }

  @Test
  void a_pod_without_a_grace_period_has_thirty_seconds() {
    ObjectNode job = job(3600, 30).json().deepCopy();
    ((ObjectNode) job.at("/spec/template/spec")).remove("terminationGracePeriodSeconds");
    assertThat(RemainingDeadline.of(new KubernetesObject(job), STARTED)).hasValue(3570);
  }

  @Test
  void a_job_that_has_not_started_or_has_no_deadline_keeps_what_it_has() {
    ObjectNode waiting = job(3600, 30).json().deepCopy();
    waiting.remove("status");
    assertThat(RemainingDeadline.of(new KubernetesObject(waiting), STARTED)).isEmpty();
    ObjectNode endless = job(3600, 30).json().deepCopy();
    ((ObjectNode) endless.path("spec")).remove("activeDeadlineSeconds");
    assertThat(RemainingDeadline.of(new KubernetesObject(endless), STARTED)).isEmpty();
  }

  private static KubernetesObject job(long deadline, long grace) {
    ObjectNode job = JsonNodeFactory.instance.objectNode();
    job.put("apiVersion", "batch/v1").put("kind", "Job");
    job.putObject("metadata").put("name", "job").put("namespace", "team");
    job.putObject("spec")
        .put("activeDeadlineSeconds", deadline)
        .withObject("/template/spec")
        .put("terminationGracePeriodSeconds", grace);
    job.putObject("status").put("startTime", STARTED.toString());
    return new KubernetesObject(job);
  }
}
