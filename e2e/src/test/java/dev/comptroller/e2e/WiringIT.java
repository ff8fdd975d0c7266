package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What belongs to a run or an endpoint and what only seems to. Every kind that the operator writes
 * is tried, those of the Prometheus Operator too.
 */
@ExtendWith(ComptrollerExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class WiringIT {
  private static final JsonMapper JSON = new JsonMapper();

  private final Team team;
  private final MonitoringKinds monitoring;

  WiringIT(Team team) {
    this.team = team;
    this.monitoring = new MonitoringKinds(team.admin());
  }

  @BeforeAll
  void the_prometheus_operator_is_there() {
    monitoring.install();
  }

  @AfterAll
  void and_gone_afterwards() {
    monitoring.remove();
  }

  @ParameterizedTest
  @CsvSource({
    "SERVICE_ACCOUNT, -run",
    "CONFIG_MAP, -run-dashboard",
    "NETWORK_POLICY, -run",
    "POD_MONITOR, -run",
    "PROMETHEUS_RULE, -run",
    "JOB, ''"
  })
  void a_run_waits_while_a_name_it_needs_is_taken_and_takes_nothing_over(
      WiredKind kind, String suffix) {
    String name = "taken-" + kind.kind().toLowerCase(Locale.ROOT);
    GovernedObject run =
        GovernedObject.run(team, name, "never").with("/spec/monitoring", "{port: metrics}");
    waitsForItsName(run, kind, name + suffix);
    run.awaitPhase("Running");
    run.delete();
  }

  @ParameterizedTest
  @CsvSource({
    "SERVICE_ACCOUNT, -model",
    "SERVICE, ''",
    "CONFIG_MAP, -model-dashboard",
    "NETWORK_POLICY, -model",
    "ROLE, -model-callers",
    "ROLE_BINDING, -model-callers",
    "SERVICE_MONITOR, -model",
    "PROMETHEUS_RULE, -model",
    "DEPLOYMENT, ''"
  })
  void an_endpoint_waits_while_a_name_it_needs_is_taken_and_takes_nothing_over(
      WiredKind kind, String suffix) {
    String name = "taken-" + kind.kind().toLowerCase(Locale.ROOT);
    GovernedObject endpoint = GovernedObject.endpoint(team, name);
    waitsForItsName(endpoint, kind, name + suffix);
    endpoint.awaitCondition("Ready", "True", "Available");
    endpoint.delete();
  }

  /** The name is free again a moment later, and nothing else has to be done. */
  private void waitsForItsName(GovernedObject object, WiredKind kind, String name) {
    GenericKubernetesResource stranger =
        kind.in(team.admin(), team.namespace()).resource(Strangers.of(kind, name)).create();
    object.create();
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(4))
        .until(() -> object.wired(kind).findAny().isEmpty());
    assertThat(kind.in(team.admin(), team.namespace()).withName(name).get().getMetadata().getUid())
        .isEqualTo(stranger.getMetadata().getUid());
    team.admin().resource(stranger).delete();
    await().atMost(GovernedObject.LIMIT).until(() -> object.wired(kind).findAny().isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "SERVICE_ACCOUNT",
    "SERVICE",
    "CONFIG_MAP",
    "NETWORK_POLICY",
    "ROLE",
    "ROLE_BINDING",
    "SERVICE_MONITOR",
    "PROMETHEUS_RULE"
  })
  void what_names_an_endpoint_as_its_controller_without_being_wired_is_removed(WiredKind kind) {
    GovernedObject endpoint =
        GovernedObject.endpoint(team, "pretended-" + kind.kind().toLowerCase(Locale.ROOT)).create();
    endpoint.awaitCondition("Ready", "True", "Available");
    isRemoved(endpoint, kind);
    endpoint.delete();
  }

  @Test
  void a_pod_monitor_that_names_a_run_as_its_controller_without_being_wired_is_removed() {
    GovernedObject run = GovernedObject.run(team, "pretended-monitor", "never").create();
    run.awaitPhase("Running");
    isRemoved(run, WiredKind.POD_MONITOR);
    run.delete();
  }

  private void isRemoved(GovernedObject parent, WiredKind kind) {
    ObjectNode pretender = JSON.valueToTree(Strangers.of(kind, parent.name() + "-pretender"));
    pretender.withObject("/metadata").put("namespace", team.namespace());
    pretender.withObject("/metadata/labels").put(parent.label(), parent.name());
    pretender
        .withArray("/metadata/ownerReferences")
        .addObject()
        .put("apiVersion", parent.stored().apiVersion())
        .put("kind", parent.stored().kind())
        .put("name", parent.name())
        .put("uid", parent.stored().uid())
        .put("controller", true);
    Team.resource(team.admin(), pretender).create();
    await()
        .atMost(GovernedObject.LIMIT)
        .until(() -> Team.resource(team.admin(), pretender).get() == null);
  }

  @Test
  void a_job_that_only_carries_the_label_of_a_run_is_not_taken_for_its_job() {
    GovernedObject run = GovernedObject.run(team, "mistaken", "never");
    ObjectNode stranger = JSON.valueToTree(Strangers.of(WiredKind.JOB, "a-stranger"));
    stranger.withObject("/metadata").put("namespace", team.namespace());
    stranger.withObject("/metadata/labels").put(run.label(), run.name());
    team.create(stranger);
    await()
        .atMost(GovernedObject.LIMIT)
        .until(() -> team.stored(stranger).json().at("/status/completionTime").isTextual());

    run.create().awaitPhase("Running");

    assertThat(run.status().at("/workloadRef/name").asText()).isEqualTo(run.name());
    assertThat(run.suspend(true).allowed()).isTrue();
    await()
        .atMost(GovernedObject.LIMIT)
        .until(
            () ->
                run.pods().stream()
                    .noneMatch(pod -> pod.getMetadata().getName().startsWith(run.name())));
  }

  @Test
  void a_service_that_only_carries_the_label_of_an_endpoint_is_not_its_address() {
    GovernedObject endpoint = GovernedObject.endpoint(team, "addressed");
    ObjectNode stranger = JSON.valueToTree(Strangers.of(WiredKind.SERVICE, "a-stranger"));
    stranger.withObject("/metadata").put("namespace", team.namespace());
    stranger.withObject("/metadata/labels").put(endpoint.label(), endpoint.name());
    team.create(stranger);

    endpoint.create().awaitCondition("Ready", "True", "Available");

    await()
        .atMost(GovernedObject.LIMIT)
        .untilAsserted(
            () ->
                assertThat(endpoint.status().path("url").asText())
                    .isEqualTo("http://addressed.%s.svc:8080".formatted(team.namespace())));
    endpoint.delete();
  }

  @Test
  void deleting_an_endpoint_leaves_nothing_of_it() {
    GovernedObject endpoint = GovernedObject.endpoint(team, "removed").create();
    endpoint.awaitCondition("Ready", "True", "Available");
    assertThat(endpoint.wired())
        .extracting(GenericKubernetesResource::getKind)
        .contains(
            "Deployment", "Service", "Role", "RoleBinding", "NetworkPolicy", "ServiceMonitor");
    assertThat(endpoint.pods()).isNotEmpty();

    endpoint.delete();

    await().atMost(GovernedObject.LIMIT).until(() -> endpoint.wired().isEmpty());
    await().atMost(GovernedObject.LIMIT).until(() -> endpoint.pods().isEmpty());
    assertThat(
            team.admin()
                .apps()
                .replicaSets()
                .inNamespace(team.namespace())
                .withLabel(endpoint.label(), endpoint.name())
                .list()
                .getItems())
        .isEmpty();
  }
}
