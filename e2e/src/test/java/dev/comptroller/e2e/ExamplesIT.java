package dev.comptroller.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every file in {@code examples/} does what its comment says, under the policy that is an example
 * too.
 */
@ExtendWith(ComptrollerExtension.class)
class ExamplesIT {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final Path POLICY = EXAMPLES.resolve("admin/policy.yaml");

  /** Why an example that alice has signed is refused; nothing where it is admitted then. */
  private static final Map<String, Set<String>> SIGNED =
      Map.of(
          "engineer/job.yaml", Set.of(),
          "engineer/training-run.yaml", Set.of(),
          "engineer/training-run-large.yaml", Set.of("ApprovalMissing"),
          "engineer/model-deployment.yaml", Set.of("ApprovalMissing"));

  private static final Set<String> OTHERS = Set.of("admin/policy.yaml", "gitops/argocd-cm.yaml");

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private final Team team;

  ExamplesIT(Team team) {
    this.team = team;
  }

  @Test
  void every_example_is_expected_here() {
    assertThat(files())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(SIGNED.keySet().stream(), OTHERS.stream()).toList());
  }

  @Test
  void what_engineers_copy_is_refused_until_it_is_signed_and_approved_as_stated() {
    govern();
    SIGNED.forEach(
        (file, reasons) -> {
          ObjectNode example = example(file);
          ObjectNode signed = team.alice.sign(example);
          assertThat(team.verdict(example).reasons()).as(file).contains("Unsigned");
          assertThat(team.verdict(signed).reasons())
              .as(file)
              .containsExactlyInAnyOrderElementsOf(reasons);

          if (reasons.contains("ApprovalMissing")) {
            String name = example.at("/metadata/name").asText();
            team.create(team.bob.sign(team.approval(name, example, "5000")));
            await().atMost(LIMIT).until(() -> team.verdict(signed).allowed());
          }
        });
  }

  @Test
  void what_is_not_governed_is_admitted() {
    assertThat(team.verdict(example("gitops/argocd-cm.yaml")).allowed()).isTrue();
  }

  /** The example's policy, with the keys of the team, for its namespace alone. */
  private void govern() {
    ObjectNode policy = Manifests.with(read(POLICY), "/metadata/name", team.namespace());
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
    await()
        .atMost(LIMIT)
        .until(() -> team.verdict(team.alice.sign(example("engineer/job.yaml"))).allowed());
  }

  private ObjectNode example(String file) {
    return Manifests.with(read(EXAMPLES.resolve(file)), "/metadata/namespace", team.namespace());
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

  private static ObjectNode read(Path file) {
    try {
      return (ObjectNode) Manifests.yaml(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
