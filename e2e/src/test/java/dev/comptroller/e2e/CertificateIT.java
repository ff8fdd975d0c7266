package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ComptrollerExtension.class)
class CertificateIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Team team;

  CertificateIT(Team team) {
    this.team = team;
  }

  @Test
  void certificates_that_somebody_emptied_are_made_anew_and_trusted() {
    Resource<Secret> secret =
        team.admin()
            .secrets()
            .inNamespace(Comptroller.NAMESPACE)
            .withName("comptroller-webhook-tls");
    Map<String, String> before = secret.get().getData();

    secret.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\": null}");

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(secret.get().getData())
                    .isNotNull()
                    .containsKey("tls.crt")
                    .doesNotContainEntry("tls.crt", before.get("tls.crt")));
    ObjectNode unsigned = team.manifest("training-run", "renewed");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(team.verdict(unsigned).reasons()).containsExactly("Unsigned"));
  }
}
