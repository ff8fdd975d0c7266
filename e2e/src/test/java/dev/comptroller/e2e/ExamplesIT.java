package dev.comptroller.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.testkit.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file in {@code examples/} does what its comment says, under the policy that is an example
 * too.
 */
@ExtendWith(ComptrollerExtension.class)
class ExamplesIT {
  private static final Path EXAMPLES = Path.of("..", "examples");

  /** What becomes of an example that alice has signed: the tier that it runs in. */
  private static final Map<String, String> TIERS =
      Map.of(
          "engineer/job.yaml", "self-service",
          "engineer/training-run.yaml", "self-service",
          "engineer/training-run-large.yaml", "reviewed",
          "engineer/model-deployment.yaml", "reviewed");

  /** What other tests expect. */
  private static final Set<String> OTHERS =
      Set.of(
          "admin/policy.yaml",
          "approver/approval.yaml",
          "auditor/report.sh",
          "gitops/argocd-application.yaml",
          "gitops/argocd-cm.yaml",
          "gitops/flux.yaml",
          "gitops/policy-hold.yaml");

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private final Team team;
  private final ControlPlane controlPlane;

  ExamplesIT(Team team, ControlPlane controlPlane) {
    this.team = team;
    this.controlPlane = controlPlane;
  }

  @Test
  void every_example_is_expected() {
    assertThat(files())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(TIERS.keySet().stream(), OTHERS.stream()).toList());
  }

  @Test
  void what_engineers_copy_runs_once_it_is_signed_and_its_tier_has_its_approval() {
    govern("admin/policy.yaml");
    TIERS.forEach(
        (file, tier) -> {
          ObjectNode example = example(file);
          ObjectNode signed = team.alice.sign(example);
          assertThat(team.verdict(example).reasons()).as(file).contains("Unsigned");
          if (tier.equals("reviewed")) {
            assertThat(team.verdict(signed).reasons()).as(file).containsExactly("ApprovalMissing");
            approve(example);
            await().atMost(LIMIT).until(() -> team.verdict(signed).allowed());
          }
          team.create(signed);
          await()
              .atMost(LIMIT)
              .untilAsserted(() -> assertThat(outcome(signed)).as(file).isEqualTo(runs(file)));
        });
  }

  @Test
  void the_approval_that_approvers_copy_is_of_the_large_run() {
    govern("admin/policy.yaml");
    assertThat(read("approver/approval.yaml").at("/spec/subject/planDigest").asText())
        .isEqualTo(digest(read("engineer/training-run-large.yaml")));

    ObjectNode run = named(example("engineer/training-run-large.yaml"), "copied");
    ObjectNode approval = named(example("approver/approval.yaml"), "copied");
    approval.withObject("/spec").put("cluster", team.clusterUid());
    approval.withObject("/spec/subject").put("name", "copied").put("planDigest", digest(run));
    assertThat(team.verdict(approval).reasons()).containsExactly("Unsigned");
    assertThat(team.verdict(team.alice.sign(run)).reasons()).containsExactly("ApprovalMissing");

    team.create(team.bob.sign(approval));

    await().atMost(LIMIT).until(() -> team.verdict(team.alice.sign(run)).allowed());
  }

  @Test
  void under_the_policy_that_holds_a_run_waits_for_its_approval_and_starts_by_itself() {
    govern("gitops/policy-hold.yaml");
    ObjectNode run = named(example("engineer/training-run-large.yaml"), "held");
    team.create(team.alice.sign(run));
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(team.stored(run).json().at("/status/conditions"))
                    .anyMatch(
                        condition ->
                            condition.path("type").asText().equals("Reconciling")
                                && condition.path("reason").asText().equals("AwaitingApproval")));
    assertThat(
            team.admin().batch().v1().jobs().inNamespace(team.namespace()).withName("held").get())
        .isNull();

    approve(run);

    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(outcome(run)).isEqualTo("Succeeded in reviewed"));
  }

  @Test
  void the_auditors_report_lists_runs_and_checks_signatures_with_the_right_to_view_alone(
      @TempDir Path folder) throws IOException {
    govern("admin/policy.yaml");
    ObjectNode run = named(example("engineer/training-run.yaml"), "audited");
    team.create(team.alice.sign(run));
    await().atMost(LIMIT).until(() -> outcome(run).startsWith("Succeeded"));
    Terminal auditor = Terminal.of(viewer(folder));
    String report = "examples/auditor/report.sh " + team.namespace() + " " + team.namespace();

    assertThat(auditor.runWell(report))
        .containsPattern(
            "audited +Succeeded +self-service +1.009 +\\S+ +alice +<none> +"
                + run.at("/spec/source/commit").asText()
                + " +"
                + run.at("/spec/data/0/digest").asText())
        .contains("TrainingRun " + team.namespace() + "/audited: verified");

    ObjectNode policy = team.policy();
    Person stranger = Person.of("eve", "research");
    policy.withArray("/spec/authorities").set(0, Person.authority(Team.SIGNERS, stranger));
    team.applyPolicy(policy);
    assertThat(auditor.run(report))
        .satisfies(
            result -> {
              assertThat(result.exitCode()).as(result.output()).isEqualTo(2);
              assertThat(result.output()).contains("SignerNotTrusted");
            });
  }

  /** A policy of the examples with the keys of the team, for its namespace alone. */
  private void govern(String file) {
    ObjectNode policy = named(read(file), team.namespace());
    policy = Manifests.with(policy, "/spec/namespaces/include", "[" + team.namespace() + "]");
    Map<String, Person> persons =
        Stream.of(team.alice, team.bob, team.carol, Person.of("dave", "legal"))
            .collect(toMap(Person::name, person -> person));
    for (JsonNode authority : policy.at("/spec/authorities")) {
      for (JsonNode key : authority.path("keys")) {
        Person person =
            Objects.requireNonNull(persons.get(key.path("person").asText()), "unknown person");
        ((ObjectNode) key).put("publicKey", person.key().publicKey().toPem());
      }
    }
    team.applyPolicy(policy);
    String tier = policy.at("/spec/compute/whenUnapproved").asText();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              ObjectNode trial = named(example("engineer/training-run-large.yaml"), "trial");
              Verdict verdict = team.verdict(team.alice.sign(trial));
              assertThat(verdict.allowed() ? "Hold" : "Deny").as(verdict.message()).isEqualTo(tier);
              assertThat(verdict.message()).doesNotContain("SignerNotTrusted");
            });
  }

  private void approve(ObjectNode plan) {
    String name = plan.at("/metadata/name").asText();
    team.create(team.bob.sign(team.approval(name, plan, "5000")));
  }

  private static String runs(String file) {
    return file.equals("engineer/job.yaml")
        ? "Succeeded"
        : (file.endsWith("model-deployment.yaml") ? "True" : "Succeeded")
            + " in "
            + TIERS.get(file);
  }

  /** What became of what was applied. */
  private String outcome(ObjectNode object) {
    JsonNode status = team.stored(object).json().path("status");
    String tier = " in " + status.path("tier").asText();
    return switch (object.path("kind").asText()) {
      case "TrainingRun" -> status.path("phase").asText() + tier;
      case "ModelDeployment" ->
          StreamSupport.stream(status.path("conditions").spliterator(), false)
              .filter(condition -> condition.path("type").asText().equals("Ready"))
              .map(condition -> condition.path("status").asText() + tier)
              .findFirst()
              .orElse("Unknown");
      default -> status.path("succeeded").asInt() == 1 ? "Succeeded" : "Running";
    };
  }

  /** A kubeconfig of somebody who may view everything and change nothing. */
  private Path viewer(Path folder) throws IOException {
    Terminal admin = Terminal.of(controlPlane.kubeconfig());
    String name = "viewer-of-" + team.namespace();
    admin.runWell(
        """
        kubectl -n %1$s create serviceaccount viewer
        kubectl create clusterrolebinding %2$s --clusterrole=view --serviceaccount=%1$s:viewer
        """
            .formatted(team.namespace(), name));
    ObjectNode kubeconfig =
        (ObjectNode) Manifests.yaml(Files.readString(controlPlane.kubeconfig()));
    ((ObjectNode) kubeconfig.at("/users/0"))
        .putObject("user")
        .put("token", controlPlane.token(team.namespace(), "viewer", Duration.ofMinutes(10)));
    return Files.writeString(folder.resolve("kubeconfig"), kubeconfig.toString());
  }

  private ObjectNode example(String file) {
    return Manifests.with(read(file), "/metadata/namespace", team.namespace());
  }

  private static ObjectNode named(ObjectNode object, String name) {
    return Manifests.with(object, "/metadata/name", name);
  }

  private static String digest(ObjectNode object) {
    return NormalForm.of(new KubernetesObject(object)).digest().value();
  }

  private static List<String> files() {
    try (Stream<Path> all = Files.walk(EXAMPLES)) {
      return all.filter(Files::isRegularFile)
          .map(file -> EXAMPLES.relativize(file).toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode read(String file) {
    try {
      return (ObjectNode) Manifests.yaml(Files.readString(EXAMPLES.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
