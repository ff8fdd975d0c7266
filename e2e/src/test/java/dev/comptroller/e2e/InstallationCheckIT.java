package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code helm test} runs. */
@ExtendWith(ComptrollerExtension.class)
class InstallationCheckIT {
  private final Team team;
  private final Program webhook;

  InstallationCheckIT(Team team, ControlPlane controlPlane) {
    this.team = team;
    this.webhook =
        new Program(
            Checkout.current().javaProgram("webhook", "dev.comptroller.webhook.WebhookMain"),
            Map.of("KUBECONFIG", controlPlane.kubeconfig().toString()));
  }

  @Test
  void it_ends_well_where_an_unsigned_run_is_refused() {
    Program.Result result = webhook.run("check-installation", "--namespace=" + team.namespace());

    assertThat(result.out()).contains("Refused, as it has to be: ", "Unsigned");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void it_fails_and_says_what_to_look_at_where_nobody_reviews() {
    Program.Result result =
        webhook.run("check-installation", "--namespace=kube-system", "--timeout=PT1S");

    assertThat(result.err())
        .contains("An unsigned training run was admitted in namespace kube-system");
    assertThat(result.exitCode()).isOne();
  }
}
