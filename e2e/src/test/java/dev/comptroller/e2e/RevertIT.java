package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is changed and changed back is as it was: from A to B to A ends as A, for each field. Every
 * field has a namespace of its own, and all go through it at the same time.
 */
@ExtendWith(OwnClusterExtension.class)
class RevertIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String DIGEST =
      "sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";
  private static final String LASTS =
      "/spec/workload/spec/template/metadata/annotations/pod-complete.stage.kwok.x-k8s.io~1delay";

  private static final Pattern DEADLINE = Pattern.compile("activeDeadlineSeconds: \\d+");

  /** A field that is not there. */
  private static final String ABSENT = "";

  private final Person anotherSigner = Person.of("dora", "research");
  private final OwnCluster cluster;
  private final Team team;
  private final KubernetesClient admin;

  RevertIT(OwnCluster cluster) {
    this.cluster = cluster;
    this.team = cluster.team();
    this.admin = cluster.controlPlane().admin();
  }

  /**
   * A field that is changed and changed back.
   *
   * @param pointer where it is
   * @param first its value as YAML, in the beginning and in the end
   * @param second its value as YAML, meanwhile
   */
  private record Change(String pointer, String first, String second) {
    ObjectNode made(ObjectNode object, String value) {
      return value.equals(ABSENT)
          ? Manifests.without(object, pointer)
          : Manifests.with(object, pointer, value);
    }
  }

  @Test
  void an_endpoint_whose_field_is_changed_and_changed_back_is_as_it_was() {
    revert(
        List.of(
            new Change("/spec/owner", "risk-ml", "fraud-ml"),
            new Change("/spec/model/name", "credit-score", "loan-score"),
            new Change("/spec/model/trainingRun", ABSENT, "sft"),
            new Change("/spec/model/version", "2.3.0", "2.4.0"),
            new Change(
                "/spec/model/uri",
                "oci://example.com/a@" + DIGEST,
                "oci://example.com/b@" + DIGEST),
            new Change("/spec/runtime/image", "example.com/a@" + DIGEST, "example.com/b@" + DIGEST),
            new Change("/spec/runtime/port", "8080", "8081"),
            new Change("/spec/runtime/metricsPort", "8082", ABSENT),
            new Change("/spec/runtime/command", ABSENT, "[serve]"),
            new Change("/spec/runtime/args", ABSENT, "[--workers=2]"),
            new Change("/spec/runtime/env", "{LEVEL: info}", "{LEVEL: debug, TRACE: 'on'}"),
            new Change(
                "/spec/runtime/resources",
                "{limits: {nvidia.com/gpu: '1'}}",
                "{limits: {nvidia.com/gpu: '1', memory: 8Gi}}"),
            new Change(
                "/spec/runtime/nodeSelector",
                ABSENT,
                "{nvidia.com/gpu.product: NVIDIA-H100-80GB-HBM3}"),
            new Change("/spec/scale/replicas", "1", "2"),
            new Change("/spec/scale", "{min: 1, max: 2}", "{min: 2, max: 2}"),
            new Change(
                "/spec/callers",
                "[{namespace: loans, serviceAccount: app}]",
                "[{namespace: cards, serviceAccount: web}]"),
            new Change("/spec/callers", "[{namespace: loans, serviceAccount: app}]", ABSENT),
            new Change(
                "/spec/secrets",
                "[{name: features, mountPath: /features}]",
                "[{name: other, mountPath: /other}]"),
            new Change(
                "/spec/secrets",
                "[{name: features, mountPath: /features}]",
                "[{name: features, access: Api}]"),
            new Change("/spec/secrets", "[{name: features, mountPath: /features}]", ABSENT),
            new Change("/spec/slo", "{availability: '99.9'}", "{availability: '99', window: 7d}"),
            new Change(
                "/spec/slo",
                "{latency: {quantile: '0.95', threshold: 300ms}}",
                "{latency: {quantile: '0.99', threshold: 1s}}"),
            new Change("/spec/slo", "{availability: '99.9'}", ABSENT)),
        namespace -> {},
        (change, namespace, value) -> apply(change.made(endpoint(namespace), value)),
        namespace -> isReady(endpoint(namespace)));
  }

  @Test
  void an_endpoint_whose_policy_is_changed_and_changed_back_is_as_it_was() {
    String key = team.alice.key().publicKey().digest().value();
    revert(
        List.of(
            new Change("/spec/authorities/0/keys/0/person", "alice", "alicia"),
            new Change("/spec/revoked", ABSENT, "[" + key + "]"),
            new Change("/spec/signing/objects/signers", "1", "2"),
            new Change("/spec/compute/servingWindow", "2h", "4h"),
            new Change("/spec/compute/tiers/0/upTo", "'8'", "'1'"),
            new Change(
                "/spec/rules",
                ABSENT,
                "[{name: never, rego: \"package comptroller\\ndefault allow := false\"}]")),
        namespace -> apply(endpoint(namespace)),
        (change, namespace, value) ->
            team.applyPolicy(change.made(stoppingPolicy(namespace), value)),
        namespace -> true);
  }

  @Test
  void a_run_that_is_suspended_and_resumed_is_as_it_was() {
    revert(
        List.of(new Change("/spec/suspend", "false", "true")),
        namespace -> {},
        (change, namespace, value) -> apply(change.made(run(namespace), value)),
        namespace -> true);
  }

  /** Makes a field have this value. */
  @FunctionalInterface
  private interface Setting {
    void set(Change change, String namespace, String value);
  }

  /** Whether what was set has taken effect. */
  @FunctionalInterface
  private interface Effect {
    boolean isThere(String namespace);
  }

  private void revert(
      List<Change> changes, Consumer<String> given, Setting setting, Effect effect) {
    Map<String, Change> byNamespace = new HashMap<>();
    changes.forEach(change -> byNamespace.put(cluster.namespace("reverted"), change));

    byNamespace.forEach((name, change) -> setting.set(change, name, change.first()));
    byNamespace.keySet().forEach(given);
    Map<String, NamespaceState> before = settled(byNamespace, effect);
    byNamespace.forEach((name, change) -> setting.set(change, name, change.second()));
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(differences(before))
                    .as("each change is one")
                    .allSatisfy((name, differing) -> assertThat(differing).isNotEmpty()));
    settled(byNamespace, effect);
    byNamespace.forEach((name, change) -> setting.set(change, name, change.first()));

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              SoftAssertions softly = new SoftAssertions();
              differences(before)
                  .forEach(
                      (name, differing) ->
                          softly
                              .assertThat(differing)
                              .as(String.valueOf(byNamespace.get(name)))
                              .isEmpty());
              softly.assertAll();
            });
  }

  /** What is there when all has taken effect and two looks in a row find the same. */
  private Map<String, NamespaceState> settled(Map<String, Change> byNamespace, Effect effect) {
    await().atMost(LIMIT).until(() -> byNamespace.keySet().stream().allMatch(effect::isThere));
    AtomicReference<Map<String, NamespaceState>> last = new AtomicReference<>(Map.of());
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              Map<String, NamespaceState> now = NamespaceState.of(admin, byNamespace.keySet());
              return now.equals(last.getAndSet(now));
            });
    return NamespaceState.of(admin, byNamespace.keySet());
  }

  private Map<String, NamespaceState> again(Map<String, NamespaceState> states) {
    return NamespaceState.of(admin, states.keySet());
  }

  /** What is not as it was, by namespace. */
  private Map<String, List<String>> differences(Map<String, NamespaceState> before) {
    Map<String, NamespaceState> now = again(before);
    Map<String, List<String>> differences = new HashMap<>();
    before.forEach(
        (name, state) ->
            differences.put(
                name,
                NamespaceState.differences(
                    texts(state), texts(Objects.requireNonNull(now.get(name))))));
    return differences;
  }

  /**
   * The Job of a run that was suspended has less of its deadline left; the run says what it did.
   */
  private static Map<String, String> texts(NamespaceState state) {
    Map<String, String> texts = new HashMap<>(state.texts());
    texts.replaceAll(
        (title, text) ->
            title.startsWith("Job ") ? DEADLINE.matcher(text).replaceAll("<deadline>") : text);
    return texts;
  }

  private ObjectNode endpoint(String namespace) {
    ObjectNode endpoint = team.manifest("model-deployment", "credit-score");
    endpoint.withObject("/metadata").put("namespace", namespace);
    return endpoint;
  }

  private ObjectNode run(String namespace) {
    ObjectNode run = Manifests.with(team.manifest("training-run", "sft"), LASTS, "never");
    run.withObject("/metadata").put("namespace", namespace);
    return run;
  }

  /** Beside the one that governs all: what it no longer allows is stopped. */
  private ObjectNode stoppingPolicy(String namespace) {
    ObjectNode policy = team.policy();
    policy.withObject("/metadata").put("name", namespace);
    policy.withArray("/spec/namespaces/include").removeAll().add(namespace);
    policy
        .withArray("/spec/authorities")
        .set(0, Person.authority(Team.SIGNERS, team.alice, anotherSigner));
    return Manifests.with(policy, "/spec/onChange", "Suspend");
  }

  private void apply(ObjectNode object) {
    Team.resource(admin, team.alice.sign(object))
        .fieldManager("engineer")
        .forceConflicts()
        .serverSideApply();
  }

  private boolean isReady(ObjectNode endpoint) {
    return Scenario.isCurrentlyTrue(team.stored(endpoint), "Ready");
  }
}
