package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ComptrollerExtension.class)
class PolicyIT {
  private final Team team;

  PolicyIT(Team team) {
    this.team = team;
  }

  @AfterEach
  void restore() {
    team.applyPolicy(team.policy());
    awaitVerdict(run("restored"), Set.of("Unsigned"));
  }

  @Test
  void a_key_that_cannot_be_read_is_refused_naming_it() {
    ObjectNode policy =
        Manifests.with(
            team.policy(),
            "/spec/authorities/0/keys/0/publicKey",
            "\"-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----\\n\"");

    Verdict verdict = applied(policy);
    assertThat(verdict.reasons()).containsExactly("InvalidPolicy");
    assertThat(verdict.message()).contains("/spec/authorities/0/keys/0/publicKey");
  }

  @Test
  void rego_that_does_not_compile_is_refused_naming_the_line() {
    Verdict verdict = applied(withRule("package comptroller\n\nallow if {"));

    assertThat(verdict.reasons()).containsExactly("InvalidPolicy");
    assertThat(verdict.message())
        .contains("/spec/rules/0")
        .containsPattern("rego[^ ]*:3|line 3|:3:");
  }

  @Test
  void rego_may_not_reach_the_network() {
    Verdict verdict =
        applied(
            withRule(
                """
                package comptroller
                allow if http.send({"method": "GET", "url": "http://localhost"}).status_code == 200
                """));

    assertThat(verdict.reasons()).containsExactly("InvalidPolicy");
    assertThat(verdict.message()).contains("http.send");
  }

  @Test
  void a_rule_decides_beside_the_signature() {
    ObjectNode run = team.alice.sign(run("ruled"));
    awaitVerdict(run, Set.of());
    team.applyPolicy(
        withRule(
            """
            package comptroller
            allow if input.object.spec.owner == "another-team"
            """));

    awaitVerdict(run, Set.of("RuleUndefined"));
    ObjectNode other = Manifests.with(run("other-owner"), "/spec/owner", "another-team");
    awaitVerdict(team.alice.sign(other), Set.of());
  }

  @Test
  void an_authority_that_does_not_exist_is_refused_naming_it() {
    ObjectNode policy =
        Manifests.with(team.policy(), "/spec/signing/objects/authorities", "[nobody]");

    assertThat(applied(policy).message())
        .contains("signing.objects must name authorities of this policy");
  }

  @Test
  void without_a_policy_governed_kinds_are_refused() {
    Team.resource(team.admin(), team.policy()).delete();

    awaitVerdict(team.alice.sign(run("ungoverned")), Set.of("NoPolicy"));
  }

  @Test
  void deleting_the_last_policy_is_allowed_and_tells_what_follows(ControlPlane controlPlane) {
    assumeThat(team.admin().genericKubernetesResources(Api.API_VERSION, "GovernancePolicy").list())
        .as("policies, of which others may hold more in a cluster that is not the test's own")
        .extracting(GenericKubernetesResourceList::getItems)
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(1);

    Program.Result deleted =
        Program.kubectl(controlPlane).run("delete", "govpol", team.namespace(), "--dry-run=server");

    assertThat(deleted.exitCode()).as(deleted.err()).isZero();
    assertThat(deleted.err())
        .contains("Warning: NoPolicy: found the deletion of the last GovernancePolicy")
        .contains("next: apply another policy");
  }

  @Test
  void a_revoked_key_counts_no_more() {
    ObjectNode run = team.alice.sign(run("revoked"));
    ObjectNode policy = team.policy();
    policy
        .withArray("/spec/authorities")
        .set(0, Person.authority(Team.SIGNERS, team.alice, team.bob));
    policy.withArray("/spec/revoked").add(team.alice.key().publicKey().digest().value());
    team.applyPolicy(policy);

    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(team.verdict(run).reasons()).contains("Revoked"));
  }

  @Test
  void a_policy_that_warns_lets_pass() {
    team.applyPolicy(Manifests.with(team.policy(), "/spec/enforcement", "Warn"));

    awaitVerdict(run("warned"), Set.of());
  }

  private ObjectNode run(String name) {
    return team.manifest("training-run", name);
  }

  private ObjectNode withRule(String rego) {
    ObjectNode policy = team.policy();
    policy.withArray("/spec/rules").addObject().put("name", "owner").put("rego", rego);
    return policy;
  }

  private Verdict applied(ObjectNode policy) {
    return Verdict.on(
        () ->
            Team.resource(team.admin(), policy)
                .fieldManager("admin")
                .forceConflicts()
                .serverSideApply());
  }

  private void awaitVerdict(ObjectNode run, Set<String> reasons) {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(
            () -> {
              Verdict verdict = team.verdict(run);
              assertThat(verdict.reasons()).as(verdict.message()).isEqualTo(reasons);
            });
  }
}
