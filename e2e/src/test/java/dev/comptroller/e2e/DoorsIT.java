package dev.comptroller.e2e;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.ControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One corpus of objects, and what webhook, command line and operator say of each: the same findings
 * in the same words. The operator judges what is stored; the objects got in while the policy only
 * warned. It judges our own kinds alone, so of the others two doors are compared.
 */
@ExtendWith(ComptrollerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Team team;
  private final Corpus corpus;
  private final Program comptroller;
  private final Map<String, Verdict> webhook = new HashMap<>();

  /** What {@code review} prints of each object, by its name. */
  private Map<String, JsonNode> byFiles = Map.of();

  private Map<String, JsonNode> byCluster = Map.of();

  DoorsIT(Team team, ControlPlane controlPlane) {
    this.team = team;
    this.corpus = Corpus.of(team);
    this.comptroller = Program.comptroller(controlPlane);
  }

  @BeforeAll
  void knock_at_all_doors(@TempDir Path folder) throws IOException {
    approveBeforeAnybodyGoverns();
    enforce();
    for (Corpus.Case one : corpus.cases()) {
      webhook.put(one.name(), Verdict.on(() -> dryRun(one)));
    }
    Path view =
        write(folder, "view", Stream.concat(approvals().stream(), Stream.of(corpus.policy())));
    Path objects = write(folder, "objects", corpus.cases().stream().map(Corpus.Case::object));
    byFiles =
        reviewed(
            "-f", objects.toString(), "--view", view.toString(), "--cluster", team.clusterUid());
    byCluster = reviewed("-f", objects.toString());
    letInUnderAPolicyThatWarns();
    enforce();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_webhook_finds_what_is_wrong(Corpus.Case one) {
    Verdict verdict = verdict(one);

    assertThat(verdict.findings())
        .as(verdict.message())
        .extracting(Found::place)
        .containsExactlyElementsOf(one.expected());
    assertThat(verdict.allowed()).as(verdict.message()).isEqualTo(one.expected().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_command_line_finds_the_same_by_files(Corpus.Case one) {
    assertSame(one, byFiles);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_command_line_finds_the_same_by_the_policies_of_the_cluster(Corpus.Case one) {
    assertSame(one, byCluster);
  }

  @ParameterizedTest
  @MethodSource("reconciled")
  void the_operator_finds_the_same(Corpus.Case one) {
    List<Found> findings = verdict(one).findings();
    JsonNode review = Objects.requireNonNull(byFiles.get(one.name()));

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              JsonNode status = team.stored(one.object()).json().path("status");
              JsonNode admitted = admitted(status);
              assertThat(admitted.path("status").asText())
                  .isEqualTo(findings.isEmpty() ? "True" : "False");
              assertThat(admitted.path("reason").asText())
                  .isEqualTo(findings.isEmpty() ? "Allowed" : findings.getFirst().code());
              assertThat(admitted.path("message").asText())
                  .isEqualTo(
                      findings.isEmpty()
                          ? "tier " + review.path("tier").asText()
                          : findings.stream().map(Found::message).collect(joining("\n")));
              assertThat(status.path("planDigest")).isEqualTo(review.path("planDigest"));
              assertThat(status.path("tier").asText("")).isEqualTo(review.path("tier").asText(""));
              assertThat(status.path("signedBy").asText(""))
                  .isEqualTo(persons(review.path("signedBy")));
              assertThat(status.path("approvedBy").asText(""))
                  .isEqualTo(persons(review.path("approvedBy")));
            });
  }

  List<Corpus.Case> cases() {
    return corpus.cases();
  }

  List<Corpus.Case> reconciled() {
    return corpus.cases().stream().filter(Corpus.Case::isReconciled).toList();
  }

  private void assertSame(Corpus.Case one, Map<String, JsonNode> reviews) {
    JsonNode review = Objects.requireNonNull(reviews.get(one.name()), one.name());

    assertThat(found(review)).isEqualTo(verdict(one).findings());
    assertThat(review.path("outcome").asText())
        .isEqualTo(verdict(one).allowed() ? "ALLOWED" : "DENIED");
  }

  private Verdict verdict(Corpus.Case one) {
    return Objects.requireNonNull(webhook.get(one.name()), one.name());
  }

  /** Where nobody governs, approvals are stored that count for nothing; so they can be tried. */
  private void approveBeforeAnybodyGoverns() {
    Team.resource(team.admin(), team.policy()).delete();
    ObjectNode any = team.manifest("training-run", "any");
    await().atMost(LIMIT).until(() -> team.verdict(any).reasons().equals(Set.of("NoPolicy")));
    approvals().forEach(team::create);
  }

  private void enforce() {
    team.applyPolicy(corpus.policy());
    await()
        .atMost(LIMIT)
        .until(
            () -> Verdict.on(() -> dryRun(named("run-unsigned"))).reasons().contains("Unsigned"));
    await().atMost(LIMIT).until(() -> isApproved(named("run-approved-by-two")));
  }

  /** Whether nothing is wrong with it but, perhaps, that it is stored already. */
  private boolean isApproved(Corpus.Case one) {
    return Verdict.on(() -> dryRun(one)).findings().isEmpty();
  }

  private void letInUnderAPolicyThatWarns() {
    team.applyPolicy(Manifests.with(corpus.policy(), "/spec/enforcement", "Warn"));
    await().atMost(LIMIT).until(() -> Verdict.on(() -> dryRun(named("run-unsigned"))).allowed());
    for (Corpus.Case one : reconciled()) {
      team.create(one.object());
    }
    for (Corpus.Case one : reconciled()) {
      await()
          .atMost(LIMIT)
          .until(
              () ->
                  admitted(team.stored(one.object()).json().path("status"))
                      .path("status")
                      .asText()
                      .equals("True"));
    }
  }

  private void dryRun(Corpus.Case one) {
    KubernetesClient client = one.isClusterScoped() ? team.admin() : team.engineer();
    Team.resource(client, one.object()).dryRun().create();
  }

  private Corpus.Case named(String name) {
    return corpus.cases().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private List<ObjectNode> approvals() {
    return corpus.cases().stream().flatMap(one -> one.approvals().stream()).toList();
  }

  private Map<String, JsonNode> reviewed(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("review", "-o", "json"));
    all.addAll(List.of(arguments));
    Program.Result result = comptroller.run(all.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    Map<String, JsonNode> reviews = new HashMap<>();
    JSON.readTree(result.out())
        .path("reviews")
        .forEach(review -> reviews.put(review.at("/object/name").asText(), review));
    return reviews;
  }

  private static JsonNode admitted(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals("Admitted")) {
        return condition;
      }
    }
    return JSON.missingNode();
  }

  private static List<Found> found(JsonNode review) {
    List<Found> findings = new ArrayList<>();
    review
        .path("findings")
        .forEach(
            finding ->
                findings.add(
                    new Found(
                        finding.path("code").asText(),
                        finding.path("pointer").asText(),
                        finding.path("message").asText())));
    return findings;
  }

  private static String persons(JsonNode names) {
    List<String> persons = new ArrayList<>();
    names.forEach(name -> persons.add(name.asText()));
    return String.join(",", persons);
  }

  private static Path write(Path folder, String name, Stream<ObjectNode> objects)
      throws IOException {
    Path below = Files.createDirectories(folder.resolve(name));
    List<ObjectNode> all = objects.toList();
    for (int i = 0; i < all.size(); i++) {
      Files.writeString(below.resolve(i + ".json"), all.get(i).toString());
    }
    return below;
  }
}
