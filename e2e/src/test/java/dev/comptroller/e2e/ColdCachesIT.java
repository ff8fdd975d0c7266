package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.install.InstalledChart;
import dev.comptroller.testkit.install.LocalDeployment;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A webhook that does not know the policies yet: it must not take that for there being none. */
@ExtendWith(ComptrollerExtension.class)
class ColdCachesIT {
  private static final String WEBHOOK = "comptroller-webhook";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Team team;
  private final ControlPlane controlPlane;
  private final InstalledChart installed;

  ColdCachesIT(Team team, ControlPlane controlPlane, InstalledChart installed) {
    this.team = team;
    this.controlPlane = controlPlane;
    this.installed = installed;
  }

  @Test
  void a_webhook_that_cannot_read_the_policies_is_not_ready_and_gives_no_verdict() {
    ObjectNode unsigned = team.manifest("training-run", "cold-unsigned");
    ObjectNode signed = team.alice.sign(team.manifest("training-run", "cold-signed"));
    LocalDeployment webhook = installed.deployment(WEBHOOK);
    webhook.kill();
    takeTheRightToReadPolicies();
    try (KubernetesClient engineer = AdmissionObjects.impatient(controlPlane)) {
      webhook.launch();
      await().atMost(LIMIT).untilAsserted(() -> assertThat(webhook.readiness()).isEqualTo(503));

      for (ObjectNode run : new ObjectNode[] {unsigned, signed}) {
        await()
            .atMost(LIMIT)
            .untilAsserted(
                () -> {
                  Verdict verdict =
                      Verdict.on(() -> Team.resource(engineer, run).dryRun().create());
                  assertThat(verdict.code()).as(verdict.message()).isEqualTo(429);
                  assertThat(verdict.reasons()).containsExactly("NotReady");
                });
      }
      assertThat(webhook.readiness()).isEqualTo(503);
    } finally {
      giveItBack();
    }
    webhook.awaitReady();
    assertThat(team.verdict(unsigned).reasons()).containsExactly("Unsigned");
    assertThat(team.verdict(signed).allowed()).isTrue();
  }

  private void takeTheRightToReadPolicies() {
    controlPlane
        .admin()
        .rbac()
        .clusterRoles()
        .withName(WEBHOOK)
        .edit(
            role -> {
              role.getRules().removeIf(rule -> rule.getResources().contains("governancepolicies"));
              return role;
            });
  }

  private void giveItBack() {
    GenericKubernetesResource role =
        installed.objects().stream()
            .filter(object -> object.getKind().equals("ClusterRole"))
            .filter(object -> object.getMetadata().getName().equals(WEBHOOK))
            .findFirst()
            .orElseThrow();
    controlPlane.admin().resource(role).fieldManager("helm").forceConflicts().serverSideApply();
    assertThat(controlPlane.admin().rbac().clusterRoles().withName(WEBHOOK).get())
        .extracting(ClusterRole::getRules)
        .asString()
        .contains("governancepolicies");
  }
}
