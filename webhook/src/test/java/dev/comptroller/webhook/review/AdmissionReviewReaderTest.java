package dev.comptroller.webhook.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.comptroller.core.governor.Operation;
import dev.comptroller.core.governor.Requester;
import dev.comptroller.core.governor.Review;
import dev.comptroller.core.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionReviewReaderTest {
  @Test
  void a_creation_is_read_with_who_asks_and_the_object_as_it_came() throws Exception {
    AdmissionRequest request = read(Reviews.trainingRun("u-1"));

    assertThat(request.uid()).isEqualTo("u-1");
    Review review = request.review();
    assertThat(review.operation()).isEqualTo(Operation.CREATE);
    assertThat(review.target())
        .isEqualTo(new ObjectKey("comptroller.dev/v1alpha1", "TrainingRun", "nlp", "sft"));
    assertThat(review.requester())
        .isEqualTo(new Requester("alice", Set.of("nlp", "system:authenticated")));
    assertThat(review.object().orElseThrow().name()).isEqualTo("sft");
    assertThat(review.oldObject()).isEmpty();
    assertThat(review.propagationPolicy()).isEmpty();
  }

  @Test
  void the_review_of_a_scale_is_about_the_object_that_is_scaled() throws Exception {
    Review review =
        read(Reviews.request(
                """
                "uid": "u-2", "operation": "UPDATE", "name": "chat", "namespace": "nlp",
                "subResource": "scale",
                "kind": {"group": "autoscaling", "version": "v1", "kind": "Scale"},
                "resource": {"group": "apps", "version": "v1", "resource": "deployments"},
                "userInfo": {"username": "alice"},
                "object": {"kind": "Scale", "spec": {"replicas": 9}},
                "oldObject": {"kind": "Scale", "spec": {"replicas": 1}}"""))
            .review();

    assertThat(review.target()).isEqualTo(new ObjectKey("apps/v1", "Deployment", "nlp", "chat"));
    assertThat(review.subresource()).isEqualTo("scale");
    assertThat(review.object().orElseThrow().spec().path("replicas").asInt()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"propagationPolicy\": \"Orphan\" | Orphan",
        "\"propagationPolicy\": \"Foreground\" | Foreground",
        "\"orphanDependents\": true | Orphan",
        "\"orphanDependents\": false | ''",
        "\"gracePeriodSeconds\": 0 | ''",
      })
  void a_deletion_says_what_becomes_of_dependents_in_either_spelling(String option, String policy)
      throws Exception {
    Review review =
        read(Reviews.request(
                """
      "uid": "u-3", "operation": "DELETE", "name": "train", "namespace": "nlp",
      "kind": {"group": "batch", "version": "v1", "kind": "Job"},
      "resource": {"group": "batch", "version": "v1", "resource": "jobs"},
      "userInfo": {"username": "alice"},
      "object": null,
      "oldObject": {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "train"}},
      "options": {"kind": "DeleteOptions", %s}"""
                    .formatted(option)))
            .review();

    assertThat(review.propagationPolicy().orElse("")).isEqualTo(policy);
    assertThat(review.target()).isEqualTo(new ObjectKey("batch/v1", "Job", "nlp", "train"));
    assertThat(review.object()).isEmpty();
  }

  @Test
  void numbers_keep_every_digit() throws Exception {
    String object =
        "{\"metadata\": {\"name\": \"n\"}, \"spec\": {\"large\": 9007199254740993, \"exact\":"
            + " 0.10000000000000000001}}";
    var spec =
        read(Reviews.create("u", "batch", "v1", "Job", "jobs", object))
            .review()
            .object()
            .orElseThrow()
            .spec();

    assertThat(spec.path("large").asText()).isEqualTo("9007199254740993");
    assertThat(spec.path("exact").decimalValue().toPlainString())
        .isEqualTo("0.10000000000000000001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "not json",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\"}",
        "{\"apiVersion\": \"admission.k8s.io/v1beta1\", \"kind\": \"AdmissionReview\"}",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"Pod\"}",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": 1}",
        "{\"apiVersion\": \"admission.k8s.io/v1\", \"kind\": \"AdmissionReview\", \"request\": {}}",
      })
  void whatever_is_no_review_is_malformed(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(MalformedReviewException.class);
  }

  @Test
  void the_same_key_twice_is_malformed() {
    String twice = Reviews.trainingRun("u").replace("\"spec\": {}", "\"spec\": {}, \"spec\": {}");

    assertThatThrownBy(() -> read(twice)).isInstanceOf(MalformedReviewException.class);
  }

  @Test
  void a_second_document_is_malformed() {
    assertThatThrownBy(() -> read(Reviews.trainingRun("u") + "{}"))
        .isInstanceOf(MalformedReviewException.class);
  }

  @Test
  void nesting_without_end_is_malformed_and_no_stack_overflow() {
    String deep = "[".repeat(100_000);

    assertThatThrownBy(() -> read(Reviews.trainingRun("u").replace("{}}", deep)))
        .isInstanceOf(MalformedReviewException.class);
  }

  @Test
  void an_update_without_its_old_object_is_malformed() {
    String update = Reviews.trainingRun("u").replace("CREATE", "UPDATE");

    assertThatThrownBy(() -> read(update))
        .isInstanceOf(MalformedReviewException.class)
        .hasMessageContaining("request.oldObject");
  }

  @Test
  void a_subresource_of_an_unknown_resource_is_malformed() {
    String scale =
        Reviews.trainingRun("u").replace("\"uid\"", "\"subResource\": \"scale\", \"uid\"");

    assertThatThrownBy(() -> read(scale))
        .isInstanceOf(MalformedReviewException.class)
        .hasMessageContaining("request.resource");
  }

  @Test
  void what_is_wrong_is_said_without_quoting_the_body() {
    assertThatThrownBy(() -> read("{\"apiVersion\": \"s3cret\", \"kind\": \"AdmissionReview\"}"))
        .hasMessage("apiVersion: required admission.k8s.io/v1");
    assertThatThrownBy(() -> read("{\"token\": s3cret}")).hasMessageNotContaining("s3cret");
  }

  private static AdmissionRequest read(String body) throws MalformedReviewException {
    return AdmissionReviewReader.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
