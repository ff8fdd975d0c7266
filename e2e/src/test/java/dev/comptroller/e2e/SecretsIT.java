package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.comptroller.e2e.ComptrollerExtension.SecretsChecked;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a workload that names a Secret, with and without the right to look for it. */
@ExtendWith(ComptrollerExtension.class)
class SecretsIT {
  private final Team team;
  private final Team checked;

  SecretsIT(Team team, @SecretsChecked Team checked) {
    this.team = team;
    this.checked = checked;
  }

  @Test
  void a_run_whose_secret_is_missing_names_it_and_starts_when_it_is_there() {
    GovernedObject run =
        GovernedObject.run(checked, "reader", "never")
            .with("/spec/secrets", "[{name: s3-reader, mountPath: /var/run/secrets/s3}]")
            .create()
            .awaitCondition("SecretsReady", "False", "SecretMissing");

    assertThat(run.condition("SecretsReady").path("message").asText()).contains("s3-reader");
    assertThat(run.condition("Ready").path("reason").asText()).isEqualTo("SecretMissing");
    assertThat(run.condition("Reconciling").path("status").asText()).isEqualTo("True");
    assertThat(run.wired(WiredKind.JOB)).isEmpty();

    createSecret("s3-reader");
    run.awaitCondition("SecretsReady", "True", "Present").awaitPhase("Running");
  }

  @Test
  void an_endpoint_whose_secret_is_missing_names_it_and_serves_when_it_is_there() {
    GovernedObject endpoint =
        GovernedObject.endpoint(checked, "reader")
            .with(
                "/spec/secrets",
                "[{name: feature-store, mountPath: /var/run/secrets/feature-store}]")
            .create()
            .awaitCondition("SecretsReady", "False", "SecretMissing");

    assertThat(endpoint.condition("SecretsReady").path("message").asText())
        .contains("feature-store");
    assertThat(endpoint.condition("Ready").path("reason").asText()).isEqualTo("SecretMissing");
    assertThat(endpoint.wired(WiredKind.DEPLOYMENT)).isEmpty();

    createSecret("feature-store");
    endpoint
        .awaitCondition("SecretsReady", "True", "Present")
        .awaitCondition("Ready", "True", "Available")
        .delete();
  }

  @Test
  void where_the_operator_may_not_look_it_says_so_and_starts_the_run() {
    GovernedObject run =
        GovernedObject.run(team, "unchecked", "never")
            .with("/spec/secrets", "[{name: s3-reader, mountPath: /var/run/secrets/s3}]")
            .create()
            .awaitCondition("SecretsReady", "Unknown", "NotChecked");

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(run.wired(WiredKind.JOB)).hasSize(1));
  }

  private void createSecret(String name) {
    checked
        .admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(checked.namespace())
                .withName(name)
                .endMetadata()
                .addToStringData("key", "value")
                .build())
        .create();
  }
}
