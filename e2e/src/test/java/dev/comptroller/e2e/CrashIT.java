package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.testkit.AuditedRequest;
import dev.comptroller.testkit.fault.Fault;
import dev.comptroller.testkit.fault.Fault.Loss;
import dev.comptroller.testkit.fault.Fault.Sequel;
import dev.comptroller.testkit.fault.FaultProxy;
import dev.comptroller.testkit.fault.Write;
import dev.comptroller.testkit.install.LocalDeployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every write of a scenario goes wrong once, in a namespace of its own: it never reaches the API
 * server, or it is applied and the answer is lost. All namespaces run at the same time under one
 * operator. When that is to die, each namespace is cut off at its own moment, and once all are, the
 * operator is killed: the API server then holds of each what it would hold had the operator died
 * just there.
 */
@ExtendWith(OwnClusterExtension.class)
class CrashIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** Writes that tell of a state that passes. */
  private static final int SELDOM_SEEN = 4;

  private static final Duration QUIET = Duration.ofSeconds(3);

  private final OwnCluster cluster;
  private final Team team;
  private final FaultProxy proxy;
  private final KubernetesClient admin;
  private final LocalDeployment operator;
  private final List<String> namespaces = new ArrayList<>();

  CrashIT(OwnCluster cluster) {
    this.cluster = cluster;
    this.team = cluster.team();
    this.proxy = cluster.proxy();
    this.admin = cluster.controlPlane().admin();
    this.operator = cluster.operator();
  }

  @AfterEach
  void leave_nothing_to_do() {
    proxy.heal();
    namespaces.forEach(namespace -> admin.namespaces().withName(namespace).delete());
  }

  @ParameterizedTest
  @EnumSource
  void an_operator_that_dies_at_any_write_ends_where_one_that_lives_does(Scenario scenario) {
    Clean clean = clean(scenario);
    Map<String, Fault> faults = faults(scenario, clean.writes().size(), Sequel.SILENCE);

    faults.keySet().forEach(namespace -> create(scenario, namespace));
    await().atMost(LIMIT).untilAsserted(() -> assertStruck(scenario, faults));
    operator.kill();
    proxy.heal();
    operator.start();

    assertEndsLike(clean, scenario, faults);
  }

  @ParameterizedTest
  @EnumSource
  void a_write_that_fails_or_whose_answer_is_lost_changes_nothing_in_the_end(Scenario scenario) {
    Clean clean = clean(scenario);
    Map<String, Fault> faults = faults(scenario, clean.writes().size(), Sequel.RECOVERY);

    faults.keySet().forEach(namespace -> create(scenario, namespace));

    assertEndsLike(clean, scenario, faults);
    assertStruck(scenario, faults);
  }

  /**
   * All faults have happened. An operator that looks seldom, on a busy machine, sees fewer states
   * in between, and tells fewer: then the last writes of the clean run have no counterpart.
   */
  private void assertStruck(Scenario scenario, Map<String, Fault> faults) {
    int last = faults.values().stream().mapToInt(Fault::write).max().orElseThrow();
    faults.forEach(
        (namespace, fault) ->
            assertThat(
                    proxy.struck(namespace)
                        || (fault.write() > last - SELDOM_SEEN
                            && scenario.isOver(stored(scenario, namespace))))
                .as("%s happened in %s", fault, namespace)
                .isTrue());
  }

  /** What happens, and what is in the end, where nothing goes wrong. */
  private record Clean(List<Write> writes, Map<String, String> state) {}

  private Clean clean(Scenario scenario) {
    String namespace = namespace(scenario.hint());
    create(scenario, namespace);
    awaitEnd(scenario, Set.of(namespace));
    return new Clean(proxy.writes(namespace), NamespaceState.of(admin, namespace).texts());
  }

  /** A namespace for each write and each loss. */
  private Map<String, Fault> faults(Scenario scenario, int writes, Sequel sequel) {
    Map<String, Fault> faults = new LinkedHashMap<>();
    for (int write = 1; write <= writes; write++) {
      for (Loss loss : Loss.values()) {
        String namespace = namespace(scenario.hint() + "-" + write);
        Fault fault = new Fault(write, loss, sequel);
        proxy.plan(namespace, fault);
        faults.put(namespace, fault);
      }
    }
    return faults;
  }

  private String namespace(String hint) {
    String namespace = cluster.namespace(hint);
    namespaces.add(namespace);
    return namespace;
  }

  private void create(Scenario scenario, String namespace) {
    Team.resource(admin, scenario.signed(team, namespace)).create();
  }

  private void awaitEnd(Scenario scenario, Collection<String> namespaces) {
    List<String> going = new ArrayList<>(namespaces);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              going.removeIf(namespace -> scenario.isOver(stored(scenario, namespace)));
              assertThat(going).isEmpty();
            });
    // What is told last may come after what was waited for.
    int[] before = {-1};
    await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(QUIET)
        .until(
            () -> {
              int now = writes(namespaces);
              boolean quiet = now == before[0];
              before[0] = now;
              return quiet;
            });
  }

  private void assertEndsLike(Clean clean, Scenario scenario, Map<String, Fault> faults) {
    awaitEnd(scenario, faults.keySet());

    int writes = writes(faults.keySet());
    cluster.wakeEverything();
    await().pollDelay(QUIET).until(() -> true);
    Map<String, NamespaceState> states = NamespaceState.of(admin, faults.keySet());
    Map<String, Long> jobs = jobsCreated();
    SoftAssertions softly = new SoftAssertions();
    faults.forEach(
        (namespace, fault) -> {
          NamespaceState state = Objects.requireNonNull(states.get(namespace));
          String name = fault + " at " + clean.writes().get(fault.write() - 1);
          softly
              .assertThat(NamespaceState.differences(clean.state(), state.texts()))
              .as(name)
              .isEmpty();
          softly.assertThat(state.orphans()).as(name).isEmpty();
          softly
              .assertThat(jobs.getOrDefault(namespace, 0L))
              .as("Jobs created with " + name)
              .isEqualTo(scenario == Scenario.TRAINING_RUN ? 1 : 0);
        });
    softly
        .assertThat(writes(faults.keySet()))
        .as("writes when all is as it should be")
        .isEqualTo(writes);
    softly.assertAll();
  }

  private int writes(Collection<String> namespaces) {
    return namespaces.stream().mapToInt(namespace -> proxy.writes(namespace).size()).sum();
  }

  private KubernetesObject stored(Scenario scenario, String namespace) {
    ObjectNode object = scenario.object(team);
    object.withObject("/metadata").put("namespace", namespace);
    return team.stored(object);
  }

  /** Jobs that were ever created, by namespace, as the API server recorded it. */
  private Map<String, Long> jobsCreated() {
    return AuditedRequest.read(cluster.controlPlane().auditLog().orElseThrow()).stream()
        .filter(request -> request.resource().equals("jobs") && request.code() == 201)
        .collect(Collectors.groupingBy(AuditedRequest::namespace, Collectors.counting()));
  }
}
