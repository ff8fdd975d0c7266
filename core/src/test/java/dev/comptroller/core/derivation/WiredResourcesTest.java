package dev.comptroller.core.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.golden.GoldenCase;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.OwnerReference;
import dev.comptroller.core.workload.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WiredResourcesTest {
  private static final Wiring WIRING =
      new Wiring(
          "monitoring", Map.of("release", "prometheus", "comptroller.dev/training-run", "x"));
  private static final String OPERATOR = "system:serviceaccount:comptroller:operator";
  private static final ControllerIdentities IDENTITIES =
      new ControllerIdentities(
          Map.of(
              "comptroller.dev/TrainingRun", Set.of(OPERATOR),
              "comptroller.dev/ModelDeployment", Set.of(OPERATOR)));

  static List<GoldenCase> cases() {
    return GoldenCase.all("derivation/wired");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everything_wired_is_what_the_files_say_and_nothing_else(GoldenCase given) {
    Set<String> files = new TreeSet<>(Set.of("in.yaml"));
    for (KubernetesObject object : wired(given).all()) {
      String file = "out-" + object.kind() + "-" + object.name() + ".yaml";
      assertThat(files.add(file)).as("two objects of one name: " + file).isTrue();
      given.assertYaml(file, object);
    }
    given.assertNoOtherFiles(files);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everything_is_controlled_by_the_parent_and_marked_as_its(GoldenCase given) {
    KubernetesObject parent = given.object("in.yaml");
    for (KubernetesObject object : wired(given).all()) {
      assertThat(object.controller())
          .contains(
              new OwnerReference(parent.apiVersion(), parent.kind(), parent.name(), parent.uid()));
      assertThat(object.namespace()).isEqualTo(parent.namespace());
      assertThat(object.labels())
          .containsEntry("app.kubernetes.io/managed-by", "comptroller")
          .containsValue(parent.name());
      assertThat(object.name()).matches("[a-z][-a-z0-9]{0,62}");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void identities_come_first_and_the_workload_last(GoldenCase given) {
    List<String> kinds = wired(given).all().stream().map(KubernetesObject::kind).toList();
    assertThat(kinds).startsWith("ServiceAccount");
    assertThat(kinds.getLast()).isEqualTo(wired(given).workload().kind());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_workload_is_derived_when_the_operator_makes_it_and_only_then(GoldenCase given) {
    KubernetesObject parent = given.object("in.yaml");
    KubernetesObject workload = wired(given).workload();
    assertThat(Derived.check(workload, parent, OPERATOR, IDENTITIES, Surroundings.UNKNOWN))
        .isEqualTo(new Derived());
    assertThat(Derived.check(workload, parent, "mallory", IDENTITIES, Surroundings.UNKNOWN))
        .isInstanceOf(NotDerived.class);
  }

  @Test
  void a_run_may_end_sooner_but_not_later() {
    GoldenCase given = GoldenCase.of("derivation/wired", "trainingrun");
    assertThat(withSpec(given, "activeDeadlineSeconds", 60)).isEqualTo(new Derived());
    assertThat(withSpec(given, "activeDeadlineSeconds", 7201))
        .isInstanceOfSatisfying(
            NotDerived.class,
            verdict -> {
              assertThat(verdict.finding().pointer()).isEqualTo("/spec/activeDeadlineSeconds");
              assertThat(verdict.finding().found()).isEqualTo("7201");
              assertThat(verdict.finding().required()).startsWith("7200, as TrainingRun");
            });
    assertThat(withSpec(given, "activeDeadlineSeconds", 0)).isInstanceOf(NotDerived.class);
  }

  @Test
  void a_workload_may_be_suspended_at_any_time() {
    GoldenCase given = GoldenCase.of("derivation/wired", "trainingrun");
    ObjectNode suspended = wired(given).workload().json().deepCopy();
    ((ObjectNode) suspended.get("spec")).put("suspend", true);
    assertThat(check(given, suspended)).isEqualTo(new Derived());
  }

  @Test
  void an_endpoint_may_scale_up_to_its_maximum() {
    GoldenCase given = GoldenCase.of("derivation/wired", "modeldeployment");
    assertThat(withSpec(given, "replicas", 8)).isEqualTo(new Derived());
    assertThat(withSpec(given, "replicas", 0)).isEqualTo(new Derived());
    assertThat(withSpec(given, "replicas", 9))
        .isInstanceOfSatisfying(
            NotDerived.class,
            verdict -> assertThat(verdict.finding().pointer()).isEqualTo("/spec/replicas"));
  }

  @Test
  void the_deadline_of_the_job_holds_for_its_pods_unless_theirs_is_shorter() {
    assertThat(podDeadline("trainingrun")).isEqualTo(7200);
    assertThat(podDeadline("trainingrun-api-secrets")).isEqualTo(600);
  }

  @Test
  void without_a_namespace_of_prometheus_nobody_scrapes() {
    KubernetesObject endpoint =
        GoldenCase.of("derivation/wired", "modeldeployment").object("in.yaml");
    List<KubernetesObject> supporting =
        ModelDeploymentResources.of(endpoint, new Wiring("", Map.of())).supporting();
    assertThat(policy(supporting).at("/spec/ingress")).hasSize(1);
  }

  private static JsonNode policy(List<KubernetesObject> objects) {
    return objects.stream()
        .filter(object -> object.kind().equals("NetworkPolicy"))
        .findFirst()
        .orElseThrow()
        .json();
  }

  private static int podDeadline(String name) {
    return wired(GoldenCase.of("derivation/wired", name))
        .workload()
        .spec()
        .at("/template/spec/activeDeadlineSeconds")
        .asInt();
  }

  private static DerivationVerdict withSpec(GoldenCase given, String member, int value) {
    ObjectNode changed = wired(given).workload().json().deepCopy();
    ((ObjectNode) changed.get("spec")).put(member, value);
    return check(given, changed);
  }

  private static DerivationVerdict check(GoldenCase given, ObjectNode child) {
    return Derived.check(
        new KubernetesObject(child),
        given.object("in.yaml"),
        OPERATOR,
        IDENTITIES,
        Surroundings.UNKNOWN);
  }

  private static WiredResources wired(GoldenCase given) {
    KubernetesObject parent = given.object("in.yaml");
    return parent.kind().equals("TrainingRun")
        ? TrainingRunResources.of(parent, WIRING)
        : ModelDeploymentResources.of(parent, WIRING);
  }
}
