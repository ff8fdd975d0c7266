package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.install.InstalledChart;
import dev.comptroller.testkit.install.LocalDeployment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ComptrollerExtension.class)
class AvailabilityIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Team team;
  private final InstalledChart installed;

  AvailabilityIT(Team team, InstalledChart installed) {
    this.team = team;
    this.installed = installed;
  }

  @Test
  void while_the_webhook_is_down_nothing_is_admitted_and_afterwards_all_is_as_before() {
    ObjectNode run = team.alice.sign(team.manifest("training-run", "down"));
    LocalDeployment webhook = installed.deployment("comptroller-webhook");
    webhook.kill();
    try {
      assertThat(team.verdict(run).allowed()).isFalse();
    } finally {
      webhook.start();
    }
    await().atMost(LIMIT).untilAsserted(() -> assertThat(team.verdict(run).allowed()).isTrue());
  }

  @Test
  void a_run_that_was_admitted_while_the_operator_was_down_runs_when_it_is_back() {
    ObjectNode run = team.alice.sign(team.manifest("training-run", "operator-down"));
    LocalDeployment operator = installed.deployment("comptroller-operator");
    operator.kill();
    try {
      team.create(run);
    } finally {
      operator.start();
    }

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(team.stored(run).json().at("/status/phase").asText())
                    .isEqualTo("Succeeded"));
  }

  @Test
  void a_thousand_requests_at_once_all_get_their_verdict() throws Exception {
    ObjectNode signed = team.alice.sign(team.manifest("training-run", "concurrent"));
    ObjectNode unsigned = team.manifest("training-run", "concurrent-unsigned");
    List<Callable<Verdict>> requests =
        IntStream.range(0, 1000)
            .<Callable<Verdict>>mapToObj(i -> () -> team.verdict(i % 2 == 0 ? signed : unsigned))
            .toList();
    try (ExecutorService executor = Executors.newFixedThreadPool(64)) {
      List<Future<Verdict>> verdicts = executor.invokeAll(requests);

      for (int i = 0; i < verdicts.size(); i++) {
        Verdict verdict = verdicts.get(i).get();
        assertThat(verdict.reasons())
            .as(verdict.message())
            .isEqualTo(i % 2 == 0 ? Set.of() : Set.of("Unsigned"));
        assertThat(verdict.allowed()).isEqualTo(i % 2 == 0);
      }
    }
  }
}
