package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.signature.StatementTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ComptrollerExtension.class)
class SigningIT {
  private final Team team;

  SigningIT(Team team) {
    this.team = team;
  }

  @Test
  void an_unsigned_run_is_refused_and_the_refusal_tells_what_to_do() {
    Verdict verdict = team.verdict(run("unsigned"));

    assertThat(verdict.code()).isEqualTo(403);
    assertThat(verdict.reasons()).containsExactly("Unsigned");
    assertThat(verdict.message()).contains("found", "required", "kubectl-comptroller sign");
  }

  @Test
  void a_run_signed_by_a_trusted_person_is_admitted_and_runs() {
    ObjectNode run = team.alice.sign(run("signed"));
    team.create(run);

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(phase(run)).isEqualTo("Succeeded"));
    KubernetesObject stored = team.stored(run);
    assertThat(stored.json().at("/status/signedBy").asText()).isEqualTo("alice");
    assertThat(stored.json().at("/status/tier").asText()).isEqualTo("self-service");
    // One hour, and half a minute that a pod has to end.
    assertThat(stored.json().at("/status/gpuHours/bound").asText()).isEqualTo("1.009");
  }

  @Test
  void a_signature_by_an_unknown_key_is_refused() {
    assertThat(team.verdict(team.mallory.sign(run("unknown"))).reasons())
        .containsExactly("SignerNotTrusted");
  }

  @Test
  void a_signature_by_an_approver_does_not_stand_for_that_of_a_signer() {
    assertThat(team.verdict(team.bob.sign(run("by-approver"))).reasons())
        .containsExactly("SignerNotTrusted");
  }

  @Test
  void a_signature_of_another_object_is_refused() {
    ObjectNode other = team.alice.sign(run("other"));
    ObjectNode run = team.alice.attach(run("this"), envelope(other));

    assertThat(team.verdict(run).reasons()).containsExactly("SignatureInvalid");
  }

  @Test
  void a_signature_of_the_same_object_in_another_namespace_is_refused() {
    ObjectNode elsewhere = run("moved");
    elsewhere.withObject("/metadata").put("namespace", "elsewhere");
    ObjectNode run = team.alice.attach(run("moved"), envelope(team.alice.sign(elsewhere)));

    assertThat(team.verdict(run).reasons()).containsExactly("SignatureInvalid");
  }

  @Test
  void a_run_changed_after_it_was_signed_is_refused() {
    ObjectNode signed = team.alice.sign(run("changed"));
    ObjectNode changed =
        Manifests.with(signed, "/spec/workload/spec/activeDeadlineSeconds", "7200");

    assertThat(team.verdict(changed).reasons()).containsExactly("SignatureInvalid");
  }

  @Test
  void a_field_that_nobody_knows_changes_the_plan_too() {
    ObjectNode signed = team.alice.sign(run("unknown-field"));
    ObjectNode changed = Manifests.with(signed, "/spec/workload/spec/futureField", "1");

    assertThat(team.verdict(changed).reasons()).contains("SignatureInvalid");
  }

  @Test
  void an_expired_signature_is_refused() {
    StatementTerms yesterday =
        new StatementTerms(
            Optional.empty(),
            Optional.of(Instant.now().minus(Duration.ofHours(1))),
            OptionalLong.empty(),
            Optional.empty());

    assertThat(team.verdict(team.alice.sign(run("expired"), yesterday)).reasons())
        .containsExactly("SignatureExpired");
  }

  @Test
  void what_the_server_fills_in_and_rewrites_voids_no_signature() {
    ObjectNode run =
        Manifests.with(
            run("defaults"),
            "/spec/workload/spec/template/spec/containers/0/resources",
            "{limits: {nvidia.com/gpu: 1, cpu: 1000m, memory: 0.5Gi}}");
    team.create(team.alice.sign(run));

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(phase(run)).isEqualTo("Succeeded"));
  }

  @Test
  void a_plain_job_with_accelerators_needs_a_signature_too() {
    assertThat(team.verdict(team.manifest("job", "plain-unsigned")).reasons())
        .containsExactly("Unsigned");

    ObjectNode job = team.alice.sign(team.manifest("job", "plain-signed"));
    team.create(job);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(team.stored(job).json().at("/status/succeeded").asInt()).isEqualTo(1));
  }

  @Test
  void a_job_without_accelerators_is_nobody_elses_business() {
    ObjectNode job =
        Manifests.without(
            team.manifest("job", "no-accelerator"), "/spec/template/spec/containers/0/resources");

    assertThat(team.verdict(job).allowed()).isTrue();
  }

  private ObjectNode run(String name) {
    return team.manifest("training-run", name);
  }

  private String envelope(ObjectNode signed) {
    return signed.path("metadata").path("annotations").path(team.alice.annotation()).asText();
  }

  private String phase(ObjectNode run) {
    return team.stored(run).json().at("/status/phase").asText();
  }
}
