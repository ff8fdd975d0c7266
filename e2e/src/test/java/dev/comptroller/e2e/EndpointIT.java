package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ComptrollerExtension.class)
class EndpointIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Team team;

  EndpointIT(Team team) {
    this.team = team;
  }

  @Test
  void a_signed_endpoint_gets_its_pods_its_service_and_the_rights_of_its_callers() {
    ObjectNode endpoint = team.alice.sign(team.manifest("model-deployment", "credit-score"));
    team.create(endpoint);

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(team.stored(endpoint).json().at("/status/replicas").asInt()).isEqualTo(1);
              assertThat(team.stored(endpoint).json().at("/status/signedBy").asText())
                  .isEqualTo("alice");
            });
    assertThat(team.admin().services().inNamespace(team.namespace()).list().getItems())
        .isNotEmpty();
    assertThat(team.admin().rbac().roleBindings().inNamespace(team.namespace()).list().getItems())
        .flatExtracting(binding -> binding.getSubjects())
        .anyMatch(
            subject -> subject.getNamespace() != null && subject.getNamespace().equals("loans"));
  }

  @Test
  void an_unsigned_endpoint_is_refused() {
    assertThat(team.verdict(team.manifest("model-deployment", "unsigned")).reasons())
        .containsExactly("Unsigned");
  }
}
