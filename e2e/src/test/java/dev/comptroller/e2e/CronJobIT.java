package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.AuditedRequest;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.FreshNamespace;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** CronJobs of two namespaces: one has accelerators, the other none. */
@ExtendWith(ComptrollerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CronJobIT {
  /** A schedule cannot be finer than a minute. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final ControlPlane controlPlane;
  private final Team team;
  private final FreshNamespace namespace;
  private final Team trainers;

  CronJobIT(Team team, ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    this.team = team;
    this.namespace = FreshNamespace.create(controlPlane.admin(), "CronJobITTrainers");
    this.trainers = Team.in(controlPlane, namespace.name());
  }

  @BeforeAll
  void schedule() {
    team.create(
        Manifests.without(
            team.manifest("cron-job", "report"),
            "/spec/jobTemplate/spec/template/spec/containers/0/resources"));
    trainers.create(trainers.alice.sign(trainers.manifest("cron-job", "training")));
  }

  @AfterAll
  void remove() {
    trainers.close();
    namespace.close();
  }

  @Test
  void one_with_accelerators_is_priced_by_what_it_may_hold_in_the_serving_window() {
    ObjectNode unsigned = team.manifest("cron-job", "nightly");
    ObjectNode dear =
        Manifests.with(
            unsigned,
            "/spec/jobTemplate/spec/template/spec/containers/0/resources/limits",
            "{nvidia.com/gpu: \"8\"}");

    assertThat(team.verdict(unsigned).reasons()).containsExactly("Unsigned");
    assertThat(team.verdict(team.alice.sign(unsigned)).reasons()).isEmpty();
    assertThat(team.verdict(team.alice.sign(dear)).reasons()).containsExactly("ApprovalMissing");
  }

  @Test
  void one_without_accelerators_runs_and_never_leaves_the_api_server() {
    awaitSucceeded(team, "report");

    assertThat(made(team, "pods"))
        .isNotEmpty()
        .flatExtracting(request -> request.annotations().keySet())
        .noneMatch(note -> note.contains("admission.comptroller.dev"));
  }

  @Test
  void what_is_made_of_one_with_accelerators_is_known_as_its_own() {
    awaitSucceeded(trainers, "training");

    // Were they judged by themselves, they would be unsigned.
    for (String resource : List.of("jobs", "pods")) {
      String webhook = resource.equals("jobs") ? "templates" : "pods";
      assertThat(made(trainers, resource))
          .isNotEmpty()
          .extracting(AuditedRequest::annotations)
          .allSatisfy(
              notes ->
                  assertThat(notes)
                      .containsEntry(webhook + ".admission.comptroller.dev/decision", "ALLOWED"));
    }
  }

  private static void awaitSucceeded(Team team, String cronJob) {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                team
                    .admin()
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace(team.namespace())
                    .list()
                    .getItems()
                    .stream()
                    .filter(job -> job.getMetadata().getName().startsWith(cronJob + "-"))
                    .anyMatch(job -> Objects.equals(job.getStatus().getSucceeded(), 1)));
  }

  /** What controllers have made in the namespace of a team. */
  private List<AuditedRequest> made(Team team, String resource) {
    assumeThat(controlPlane.auditLog()).as("a record, which only a local one keeps").isPresent();
    return AuditedRequest.read(controlPlane.auditLog().orElseThrow()).stream()
        .filter(request -> request.namespace().equals(team.namespace()))
        .filter(request -> request.verb().equals("create"))
        .filter(request -> request.resource().equals(resource))
        .filter(request -> request.user().startsWith("system:serviceaccount:kube-system:"))
        .toList();
  }
}
