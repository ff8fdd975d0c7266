package dev.comptroller.webhook.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.gpuhours.GpuHours;
import dev.comptroller.core.gpuhours.Term;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Decision.Outcome;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionReviewWriterTest {
  private static final Finding UNSIGNED =
      new Finding(
          ReasonCode.Unsigned,
          "/metadata/annotations",
          "no signature",
          "1 signer of ml-release",
          "kubectl comptroller sign");
  private static final Finding ENDLESS =
      new Finding(ReasonCode.GpuHoursUnbounded, "/spec", "no deadline", "a deadline", "");

  @Test
  void an_allowed_request_is_answered_with_its_uid() throws Exception {
    JsonNode response = answer(Outcome.ALLOWED, List.of(), List.of());

    assertThat(response.path("uid").asText()).isEqualTo("u-1");
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.has("status")).isFalse();
    assertThat(response.has("warnings")).isFalse();
  }

  @Test
  void a_denial_names_every_finding_to_people_and_to_machines() throws Exception {
    JsonNode response = answer(Outcome.DENIED, List.of(UNSIGNED, ENDLESS), List.of());

    JsonNode status = response.path("status");
    assertThat(response.path("allowed").asBoolean(true)).isFalse();
    assertThat(status.path("code").asInt()).isEqualTo(403);
    assertThat(status.path("reason").asText()).isEqualTo("Forbidden");
    assertThat(status.path("message").asText().lines())
        .containsExactly(UNSIGNED.message(), ENDLESS.message());
    assertThat(status.at("/details/causes/0/reason").asText()).isEqualTo("Unsigned");
    assertThat(status.at("/details/causes/1/field").asText()).isEqualTo("/spec");
  }

  @Test
  void whoever_is_refused_for_gpu_hours_sees_how_they_came_about() throws Exception {
    Finding tooMany = new Finding(ReasonCode.ApprovalMissing, "", "none", "an approval", "");
    Term hours =
        new Term(
            "",
            "pods at once",
            "16 GPU-hours",
            "pods x time",
            List.of(new Term("/spec/parallelism", "pods", "4")));
    Assessment assessment =
        new Assessment(
            Optional.empty(),
            Optional.of(new GpuHours.Bounded(Amount.ZERO, List.of(), List.of(hours))),
            Optional.empty(),
            List.of(),
            List.of());

    JsonNode refused =
        read(new Decision(Outcome.DENIED, List.of(tooMany), List.of(), List.of(), assessment));
    JsonNode unsigned =
        read(new Decision(Outcome.DENIED, List.of(UNSIGNED), List.of(), List.of(), assessment));

    assertThat(refused.at("/status/message").asText().lines())
        .containsExactly(
            tooMany.message(),
            "the GPU-hours are made of",
            "  pods at once: 16 GPU-hours = pods x time",
            "    pods: 4 (/spec/parallelism)");
    assertThat(unsigned.at("/status/message").asText()).isEqualTo(UNSIGNED.message());
  }

  @Test
  void no_verdict_asks_controllers_to_come_back_in_a_second() throws Exception {
    JsonNode response = answer(Outcome.RETRY, List.of(), List.of());

    assertThat(response.path("allowed").asBoolean(true)).isFalse();
    assertThat(response.at("/status/code").asInt()).isEqualTo(429);
    assertThat(response.at("/status/details/retryAfterSeconds").asInt()).isEqualTo(1);
    assertThat(response.at("/status/message").asText()).isNotEmpty();
  }

  @Test
  void a_held_object_is_stored_with_a_warning_that_says_why() throws Exception {
    JsonNode response = answer(Outcome.HELD, List.of(ENDLESS), List.of());

    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.at("/warnings/0").asText()).isEqualTo(ENDLESS.message());
  }

  @Test
  void warnings_stay_within_what_the_api_server_shows_uncut() throws Exception {
    Finding long_ = new Finding(ReasonCode.Unsigned, "", "\uD83D\uDE80".repeat(300), "y", "");
    JsonNode response = answer(Outcome.ALLOWED, List.of(), Collections.nCopies(40, long_));

    int total = 0;
    for (JsonNode warning : response.path("warnings")) {
      int length = warning.asText().codePointCount(0, warning.asText().length());
      assertThat(length).isLessThanOrEqualTo(256);
      total += length;
    }
    assertThat(total).isLessThanOrEqualTo(4096);
    assertThat(response.path("warnings").get(15).asText()).isEqualTo("and 25 more warnings");
  }

  @Test
  void a_denial_is_bounded_however_many_findings_there_are() throws Exception {
    Finding long_ = new Finding(ReasonCode.Unsigned, "", "x".repeat(400), "y", "");
    JsonNode response = answer(Outcome.DENIED, Collections.nCopies(1000, long_), List.of());

    assertThat(response.at("/status/message").asText()).hasSizeLessThanOrEqualTo(4096);
    assertThat(response.at("/status/details/causes").size()).isLessThanOrEqualTo(32);
  }

  @Test
  void the_audit_log_says_decision_reasons_and_plan() throws Exception {
    Digest plan = Digest.of("plan");
    Decision decision =
        new Decision(
            Outcome.DENIED,
            List.of(UNSIGNED, UNSIGNED, ENDLESS),
            List.of(),
            List.of(ENDLESS),
            new Assessment(
                Optional.of(plan), Optional.empty(), Optional.of("board"), List.of(), List.of()));
    JsonNode annotations = read(decision).path("auditAnnotations");

    assertThat(annotations.path("decision").asText()).isEqualTo("DENIED");
    assertThat(annotations.path("reason").asText()).isEqualTo("GpuHoursUnbounded,Unsigned");
    assertThat(annotations.path("audited").asText()).isEqualTo("GpuHoursUnbounded");
    assertThat(annotations.path("plan-digest").asText()).isEqualTo(plan.value());
    assertThat(annotations.path("tier").asText()).isEqualTo("board");
  }

  private static JsonNode answer(Outcome outcome, List<Finding> findings, List<Finding> warnings)
      throws IOException {
    return read(new Decision(outcome, findings, warnings, List.of(), Assessment.NONE));
  }

  private static JsonNode read(Decision decision) throws IOException {
    JsonNode review = new JsonMapper().readTree(AdmissionReviewWriter.write("u-1", decision));
    assertThat(review.path("apiVersion").asText()).isEqualTo("admission.k8s.io/v1");
    assertThat(review.path("kind").asText()).isEqualTo("AdmissionReview");
    return review.path("response");
  }
}
