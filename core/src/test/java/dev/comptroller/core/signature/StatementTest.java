package dev.comptroller.core.signature;

import static dev.comptroller.core.signature.Person.authority;
import static dev.comptroller.core.signature.Person.keyring;
import static dev.comptroller.core.signature.SignedRun.CLUSTER;
import static dev.comptroller.core.signature.SignedRun.NOW;
import static dev.comptroller.core.signature.SignedRun.code;
import static dev.comptroller.core.signature.SignedRun.run;
import static dev.comptroller.core.signature.SignedRun.withKind;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StatementTest {
  private final Person alice = Person.of("alice", "research");
  private final Keyring keyring = keyring(authority("ml-release", alice));
  private final KubernetesObject run = run("nlp", "sft", "A100");

  @Test
  void a_statement_with_the_right_digest_and_another_name_is_refused() {
    Statement other =
        new Statement(
            "comptroller.dev/TrainingRun/nlp/other",
            NormalForm.of(run).digest(),
            NormalForm.of(run).version(),
            StatementTerms.UNLIMITED);

    assertThat(verify(withPayload(other.toJson())).findings())
        .extracting(Finding::found)
        .containsExactly("a signature of comptroller.dev/TrainingRun/nlp/other");
  }

  @Test
  void a_statement_made_by_other_normal_form_rules_is_refused() {
    Statement other =
        new Statement(
            "comptroller.dev/TrainingRun/nlp/sft",
            NormalForm.of(run).digest(),
            "0",
            StatementTerms.UNLIMITED);

    assertThat(code(verify(withPayload(other.toJson())))).isEqualTo(ReasonCode.SignatureInvalid);
  }

  @Test
  void every_departure_from_the_one_form_of_a_statement_is_refused() {
    assertStatementRefused(json -> json.put("_type", "https://in-toto.io/Statement/v0.1"));
    assertStatementRefused(json -> json.put("predicateType", "https://slsa.dev/provenance/v1"));
    assertStatementRefused(json -> json.put("extra", 1));
    assertStatementRefused(json -> json.remove("predicate"));
    assertStatementRefused(json -> json.withArray("subject").removeAll());
    assertStatementRefused(json -> json.withArray("subject").add(subject(json).deepCopy()));
    assertStatementRefused(json -> subject(json).remove("name"));
    assertStatementRefused(json -> subject(json).withObjectProperty("digest").put("sha512", "00"));
    assertStatementRefused(json -> subject(json).withObjectProperty("digest").put("sha256", "00"));
    assertStatementRefused(
        json ->
            subject(json)
                .withObjectProperty("digest")
                .put("sha256", NormalForm.of(run).digest().hex().toUpperCase(Locale.ROOT)));
    assertStatementRefused(json -> predicate(json).remove("normalForm"));
    assertStatementRefused(json -> predicate(json).put("onlyOn", "Tuesday"));
    assertStatementRefused(json -> predicate(json).putNull("expires"));
    assertStatementRefused(json -> predicate(json).put("expires", "tomorrow"));
    assertStatementRefused(json -> predicate(json).put("expires", 4102444800L));
    assertStatementRefused(json -> predicate(json).put("revision", -1));
    assertStatementRefused(json -> predicate(json).put("revision", "1"));
    assertStatementRefused(json -> predicate(json).putNull("cluster"));
  }

  @Test
  void a_statement_with_all_terms_is_read_as_it_was_written() throws Exception {
    StatementTerms terms =
        new StatementTerms(
            Optional.of(NOW),
            Optional.of(NOW.plusSeconds(5)),
            OptionalLong.of(7),
            Optional.of(CLUSTER));
    Statement statement = Statement.about(run, NormalForm.of(run), terms);

    assertThat(Statement.read(statement.toJson())).isEqualTo(statement);
  }

  @Test
  void names_have_four_parts_and_tell_groups_and_scopes_apart() {
    assertThat(Statement.nameOf(run.key())).isEqualTo("comptroller.dev/TrainingRun/nlp/sft");
    assertThat(Statement.nameOf(withKind(run, "v1", "Pod").key())).isEqualTo("core/Pod/nlp/sft");
    assertThat(Statement.nameOf(withKind(run("", "p", ""), "a/v1", "K").key())).isEqualTo("a/K//p");
  }

  private SignatureVerdict verify(KubernetesObject object) {
    return SignedRun.verify(object, keyring, 1, CLUSTER, NOW);
  }

  private void assertStatementRefused(Consumer<ObjectNode> change) {
    try {
      Statement good = Statement.about(run, NormalForm.of(run), StatementTerms.UNLIMITED);
      ObjectNode json = (ObjectNode) new ObjectMapper().readTree(good.toJson());
      assertThat(verify(withPayload(bytes(json))).met()).isTrue();
      change.accept(json);
      assertThat(code(verify(withPayload(bytes(json)))))
          .as(json.toString())
          .isEqualTo(ReasonCode.SignatureInvalid);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private KubernetesObject withPayload(byte[] payload) {
    return Person.annotate(
        run, Api.SIGNATURE_ANNOTATION, Envelope.sign(payload, alice.key()).toJson());
  }

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(UTF_8);
  }

  private static ObjectNode subject(ObjectNode statement) {
    return (ObjectNode) statement.at("/subject/0");
  }

  private static ObjectNode predicate(ObjectNode statement) {
    return (ObjectNode) statement.at("/predicate");
  }
}
