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

/** CronJobs of two namespaces: one whose policy enforces, and one whose policy only warns. */
@ExtendWith(ComptrollerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CronJobIT {
  /** A schedule cannot be finer than a minute. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final ControlPlane controlPlane;
  private final Team enforced;
  private final FreshNamespace namespace;
  private final Team warned;

  CronJobIT(Team team, ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    this.enforced = team;
    this.namespace = FreshNamespace.create(controlPlane.admin(), "CronJobITWarned");
    this.warned = Team.in(controlPlane, namespace.name());
  }

  @BeforeAll
  void schedule() {
    enforced.create(
        Manifests.without(
            enforced.manifest("cron-job", "report"),
            "/spec/jobTemplate/spec/template/spec/containers/0/resources"));
    warned.applyPolicy(Manifests.with(warned.policy(), "/spec/enforcement", "Warn"));
    ObjectNode training = warned.alice.sign(warned.manifest("cron-job", "training"));
    await().atMost(LIMIT).until(() -> warned.verdict(training).allowed());
    warned.create(training);
  }

  @AfterAll
  void remove() {
    warned.close();
    namespace.close();
  }

  @Test
  void one_with_accelerators_is_refused_where_a_policy_enforces() {
    ObjectNode signed = enforced.alice.sign(enforced.manifest("cron-job", "training"));

    Verdict verdict = enforced.verdict(signed);

    assertThat(verdict.reasons()).containsExactly("GpuHoursUnknown");
    assertThat(verdict.message()).contains("run the workload as a Job in a TrainingRun");
  }

  @Test
  void one_without_accelerators_runs_and_never_leaves_the_api_server() {
    awaitSucceeded(enforced, "report");

    assertThat(made(enforced, "pods"))
        .isNotEmpty()
        .flatExtracting(request -> request.annotations().keySet())
        .noneMatch(note -> note.contains("admission.comptroller.dev"));
  }

  @Test
  void one_with_accelerators_runs_where_a_policy_warns_and_what_it_makes_is_known_as_its_own() {
    awaitSucceeded(warned, "training");

    // Were they judged by themselves, they would be unsigned.
    assertThat(made(warned, "jobs"))
        .isNotEmpty()
        .extracting(AuditedRequest::annotations)
        .allSatisfy(
            notes ->
                assertThat(notes)
                    .containsEntry(
                        "templates.admission.comptroller.dev/warned", "GpuHoursUnknown"));
    assertThat(made(warned, "pods"))
        .isNotEmpty()
        .extracting(AuditedRequest::annotations)
        .allSatisfy(
            notes ->
                assertThat(notes)
                    .containsEntry("pods.admission.comptroller.dev/warned", "GpuHoursUnknown"));
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
