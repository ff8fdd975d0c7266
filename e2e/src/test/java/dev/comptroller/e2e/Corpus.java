package dev.comptroller.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.signature.StatementTerms;
import dev.comptroller.testkit.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The objects of {@code corpus/cases/}, signed and approved as their files say, and the policy by
 * which they have the findings that are expected there. A file holds:
 *
 * <ul>
 *   <li>{@code object}: a file of {@code manifests/}; the case's name is the object's
 *   <li>{@code with}, {@code without}: JSON pointers at which it differs
 *   <li>{@code signatures}: {@code by} whom, until it {@code expires}, {@code of} a copy with these
 *       differences
 *   <li>{@code approvals}: {@code by} whom, of how many {@code gpuHours}, {@code with} these
 *       differences, {@code of} a plan with these; {@code revoked} by the policy
 *   <li>{@code findings}: what every door has to find, in this order
 * </ul>
 */
final class Corpus {
  private static final Path FILES = Path.of("e2e", "src", "test", "resources", "corpus");
  private static final String POLICY = "GovernancePolicy";

  private final Team team;
  private final Map<String, Person> holders;
  private final List<Case> cases;

  /**
   * One object.
   *
   * @param approvals of its plan
   * @param revoked those of them that the policy revokes
   */
  record Case(
      String name,
      ObjectNode object,
      List<ObjectNode> approvals,
      List<ObjectNode> revoked,
      List<Found.Place> expected) {

    /** Whether the operator judges objects of this kind, too. */
    boolean isReconciled() {
      return List.of("TrainingRun", "ModelDeployment").contains(object.path("kind").asText());
    }

    boolean isClusterScoped() {
      return object.path("kind").asText().equals(POLICY);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private Corpus(Team team, Map<String, Person> holders) {
    this.team = team;
    this.holders = holders;
    this.cases = files(FILES.resolve("cases")).stream().map(this::read).toList();
  }

  /** The corpus in the namespace of a team. */
  static Corpus of(Team team) {
    return new Corpus(
        team,
        Map.of(
            "alice", team.alice,
            "bob", team.bob,
            "bob-2", team.bob.withNewKey(),
            "carol", team.carol,
            "dan", Person.of("dan", "safety"),
            "dave", Person.of("dave", "research"),
            "mallory", team.mallory));
  }

  List<Case> cases() {
    return cases;
  }

  /** The policy of the team's namespace. */
  ObjectNode policy() {
    ObjectNode policy = withKeys(yaml(path(FILES.resolve("policy.yaml"))));
    policy = Manifests.with(policy, "/metadata/name", team.namespace());
    policy = Manifests.with(policy, "/spec/namespaces/include", "[" + team.namespace() + "]");
    ArrayNode revoked = policy.withArray("/spec/revoked");
    for (int i = 0; i < revoked.size(); i++) {
      revoked.set(i, holder(revoked.get(i)).key().publicKey().digest().value());
    }
    cases.stream()
        .flatMap(one -> one.revoked().stream())
        .map(approval -> NormalForm.of(new KubernetesObject(approval)).digest().value())
        .forEach(revoked::add);
    return policy;
  }

  private Case read(Path file) {
    JsonNode said = yaml(file);
    String name = file.getFileName().toString().replace(".yaml", "");
    ObjectNode unsigned = withKeys(changed(unchanged(said.path("object").asText(), name), said));
    ObjectNode object = unsigned;
    for (JsonNode signature : said.path("signatures")) {
      object = signed(object, signature);
    }
    List<ObjectNode> approvals = new ArrayList<>();
    List<ObjectNode> revoked = new ArrayList<>();
    for (JsonNode permission : said.path("approvals")) {
      ObjectNode approval = approval(name + "-" + (approvals.size() + 1), unsigned, permission);
      approvals.add(approval);
      if (permission.path("revoked").asBoolean()) {
        revoked.add(approval);
      }
    }
    List<Found.Place> expected = new ArrayList<>();
    said.path("findings")
        .forEach(
            finding ->
                expected.add(
                    new Found.Place(
                        finding.path("code").asText(), finding.path("pointer").asText())));
    return new Case(
        name, object, List.copyOf(approvals), List.copyOf(revoked), List.copyOf(expected));
  }

  private ObjectNode unchanged(String file, String name) {
    ObjectNode object = team.manifest(file, name);
    switch (object.path("kind").asText()) {
      // What is stored is to be judged, and need not run. Stopping is part of no plan.
      case "TrainingRun" -> object.withObject("/spec").put("suspend", true);
      case POLICY -> object.withObject("/metadata").remove("namespace");
      default -> {}
    }
    return object;
  }

  private ObjectNode signed(ObjectNode object, JsonNode signature) {
    Person person = holder(signature.path("by"));
    StatementTerms terms =
        new StatementTerms(
            Optional.empty(),
            Optional.of(signature.path("expires").asText())
                .filter(text -> !text.isEmpty())
                .map(Instant::parse),
            OptionalLong.empty(),
            Optional.empty());
    ObjectNode other = person.sign(with(object, signature.path("of")), terms);
    return person.attach(
        object, other.path("metadata").path("annotations").path(person.annotation()).asText());
  }

  private ObjectNode approval(String name, ObjectNode subject, JsonNode permission) {
    ObjectNode approval =
        with(
            team.approval(
                name, with(subject, permission.path("of")), permission.path("gpuHours").asText()),
            permission.path("with"));
    return permission.has("by") ? holder(permission.path("by")).sign(approval) : approval;
  }

  /** Puts the key of its holder wherever one is named. */
  private ObjectNode withKeys(ObjectNode object) {
    for (JsonNode authority : object.at("/spec/authorities")) {
      for (JsonNode key : authority.path("keys")) {
        Person holder = holders.get(key.path("publicKey").asText());
        if (holder != null) {
          ((ObjectNode) key).put("publicKey", holder.key().publicKey().toPem());
        }
      }
    }
    return object;
  }

  private Person holder(JsonNode name) {
    return Objects.requireNonNull(holders.get(name.asText()), () -> "nobody is called " + name);
  }

  private static ObjectNode changed(ObjectNode object, JsonNode said) {
    ObjectNode copy = with(object, said.path("with"));
    for (JsonNode pointer : said.path("without")) {
      copy = Manifests.without(copy, pointer.asText());
    }
    return copy;
  }

  private static ObjectNode with(ObjectNode object, JsonNode changes) {
    ObjectNode copy = object;
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      copy = Manifests.with(copy, change.getKey(), change.getValue().toString());
    }
    return copy;
  }

  private static Path path(Path relative) {
    return Checkout.current().path(relative.toString());
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(path(folder))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode yaml(Path file) {
    try {
      return (ObjectNode) Manifests.yaml(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
