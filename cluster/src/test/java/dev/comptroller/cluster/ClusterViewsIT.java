package dev.comptroller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.comptroller.api.v1alpha1.Enforcement;
import dev.comptroller.core.governor.ClusterView;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.Lookup;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import dev.comptroller.testkit.FreshNamespace;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the views know of a real cluster. */
@ExtendWith(ControlPlaneExtension.class)
final class ClusterViewsIT {
  private static final Path DEFINITIONS = Path.of("..", "charts", "comptroller", "crds");
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectKey KUBE_SYSTEM = new ObjectKey("v1", "Namespace", "", "kube-system");
  private static final String POLICY =
      """
      apiVersion: comptroller.dev/v1alpha1
      kind: GovernancePolicy
      metadata: {name: NAME}
      spec:
        namespaces: {include: [NAME]}
        enforcement: Audit
        signing: {}
        compute: {tiers: [{name: small, upTo: "8"}]}
      """;
  private static final String ACCELERATOR =
      """
      apiVersion: comptroller.dev/v1alpha1
      kind: AcceleratorClass
      metadata: {name: NAME}
      spec: {vendor: Example, resource: example.com/NAME, weight: "0.5"}
      """;
  private static final String APPROVAL =
      """
      apiVersion: comptroller.dev/v1alpha1
      kind: Approval
      metadata:
        name: yes-please
        namespace: NAME
        annotations: {comptroller.dev/signature: "{}"}
      spec:
        subject: {kind: TrainingRun, name: run, planDigest: "sha256:%s"}
        gpuHours: "320"
        cluster: 0d0f64b1-6ce5-4b8c-a3f5-5a5c1a1f0c01
        reason: Planned
        expires: "2036-12-01T00:00:00Z"
      """
          .formatted("a".repeat(64));

  private static final String HPA = "autoscaling/HorizontalPodAutoscaler";
  private static final String AUTOSCALER =
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: serve, namespace: NAME}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: serve}
        maxReplicas: 7
      """;
  private static final String SCALED_OBJECTS =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: scaledobjects.keda.sh}
      spec:
        group: keda.sh
        names: {plural: scaledobjects, singular: scaledobject, kind: ScaledObject, listKind: ScaledObjectList}
        scope: Namespaced
        versions:
        - name: v1alpha1
          served: true
          storage: true
          schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      """;
  private static final String SCALED_OBJECT =
      """
      apiVersion: keda.sh/v1alpha1
      kind: ScaledObject
      metadata: {name: serve, namespace: NAME}
      spec: {scaleTargetRef: {name: serve}, maxReplicaCount: 9}
      """;

  @BeforeAll
  static void install_the_kinds(ControlPlane controlPlane) throws IOException {
    try (Stream<Path> files = Files.list(DEFINITIONS)) {
      for (Path file : files.sorted().toList()) {
        controlPlane
            .admin()
            .resource(
                Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class))
            .forceConflicts()
            .serverSideApply();
      }
    }
    for (String plural : List.of("governancepolicies", "acceleratorclasses", "approvals")) {
      await()
          .atMost(LIMIT)
          .ignoreExceptions()
          .until(
              () -> controlPlane.admin().raw("/apis/comptroller.dev/v1alpha1/" + plural) != null);
    }
  }

  @Test
  void a_watched_cluster_is_known_and_followed(
      ControlPlane controlPlane, FreshNamespace namespace) {
    String name = namespace.name();
    KubernetesClient admin = controlPlane.admin();
    Set<ObjectKey> heard = ConcurrentHashMap.newKeySet();
    try (InformerClusterView view =
        new InformerClusterView(admin, ControllerIdentitiesReader.defaults())) {
      view.onChange(heard::add);
      await().atMost(LIMIT).until(view::synced);
      apply(admin, name, POLICY);
      apply(admin, name, ACCELERATOR);
      apply(admin, name, APPROVAL);
      await().atMost(LIMIT).untilAsserted(() -> assertKnows(view, name));
      assertThat(heard)
          .contains(
              new ObjectKey("comptroller.dev/v1alpha1", "GovernancePolicy", "", name),
              new ObjectKey("comptroller.dev/v1alpha1", "Approval", name, "yes-please"));
      admin.resource(POLICY.replace("NAME", name)).delete();
      await().atMost(LIMIT).untilAsserted(() -> assertThat(policyNames(view)).doesNotContain(name));
    }
  }

  @Test
  void what_prices_depend_on_is_watched_also_where_its_kind_is_installed_later(
      ControlPlane controlPlane, FreshNamespace namespace) {
    String name = namespace.name();
    KubernetesClient admin = controlPlane.admin();
    try (InformerClusterView view =
        new InformerClusterView(admin, ControllerIdentitiesReader.defaults())) {
      await().atMost(LIMIT).until(view::synced);
      assertThat(view.surroundings().complete()).isTrue();
      assertThat(view.surroundings().all("Node")).isNotEmpty();
      apply(admin, name, AUTOSCALER);
      await().atMost(LIMIT).until(() -> view.surroundings().find(HPA, name, "serve").isPresent());
      assertThat(
              view.surroundings()
                  .find(HPA, name, "serve")
                  .orElseThrow()
                  .spec()
                  .get("maxReplicas")
                  .asInt())
          .isEqualTo(7);
      admin.resource(SCALED_OBJECTS).serverSideApply();
      try {
        await()
            .atMost(LIMIT)
            .ignoreExceptions()
            .untilAsserted(() -> apply(admin, name, SCALED_OBJECT));
        await()
            .atMost(LIMIT.multipliedBy(3))
            .until(
                () -> view.surroundings().find("keda.sh/ScaledObject", name, "serve").isPresent());
      } finally {
        admin.resource(SCALED_OBJECTS).delete();
      }
    }
  }

  @Test
  void a_listed_cluster_is_known_as_it_was(ControlPlane controlPlane, FreshNamespace namespace) {
    String name = namespace.name();
    apply(controlPlane.admin(), name, POLICY);
    apply(controlPlane.admin(), name, ACCELERATOR);
    apply(controlPlane.admin(), name, APPROVAL);
    assertKnows(
        new ListedClusterView(controlPlane.admin(), ControllerIdentitiesReader.defaults()), name);
  }

  @Test
  void an_object_is_asked_for_live(ControlPlane controlPlane, FreshNamespace namespace) {
    ClusterView view =
        new ListedClusterView(controlPlane.admin(), ControllerIdentitiesReader.defaults());
    ObjectKey account = new ObjectKey("v1", "ServiceAccount", namespace.name(), "live");
    assertThat(view.object(account)).isEqualTo(new Lookup.Missing<>());
    apply(
        controlPlane.admin(),
        namespace.name(),
        "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: live, namespace: NAME}\n");
    assertThat(view.object(account))
        .isInstanceOfSatisfying(
            Lookup.Found.class,
            found -> assertThat(((KubernetesObject) found.value()).key()).isEqualTo(account));
  }

  @Test
  void a_name_that_no_object_can_have_is_not_asked_for(
      ControlPlane controlPlane, FreshNamespace namespace) {
    ClusterView view =
        new ListedClusterView(controlPlane.admin(), ControllerIdentitiesReader.defaults());
    for (String name : List.of("..", "../../namespaces/kube-system", "a%2e%2e", "a?b", "a#b", "")) {
      assertThat(view.object(new ObjectKey("v1", "Pod", namespace.name(), name)))
          .as(name)
          .isEqualTo(new Lookup.Missing<>());
    }
  }

  @Test
  void a_refused_request_is_no_answer(ControlPlane controlPlane) {
    ClusterView view =
        new ListedClusterView(controlPlane.admin(), ControllerIdentitiesReader.defaults());
    assertThat(view.object(KUBE_SYSTEM)).isInstanceOf(Lookup.Found.class);
    try (KubernetesClient stranger = controlPlane.as("stranger");
        InformerClusterView blind =
            new InformerClusterView(stranger, ControllerIdentitiesReader.defaults())) {
      assertThat(blind.object(KUBE_SYSTEM)).isInstanceOf(Lookup.Unavailable.class);
      assertThat(blind.synced()).isFalse();
    }
  }

  private static void assertKnows(ClusterView view, String name) {
    assertThat(view.synced()).isTrue();
    assertThat(view.policies())
        .filteredOn(policy -> policy.getMetadata().getName().equals(name))
        .singleElement()
        .satisfies(
            policy -> assertThat(policy.getSpec().enforcement()).isEqualTo(Enforcement.Audit));
    assertThat(view.accelerators().weightOf("example.com/" + name)).isPresent();
    assertThat(view.approvals(name))
        .isInstanceOfSatisfying(
            Lookup.Found.class,
            found ->
                assertThat((List<?>) found.value())
                    .singleElement()
                    .satisfies(
                        approval ->
                            assertThat(((KubernetesObject) approval).annotations())
                                .containsEntry("comptroller.dev/signature", "{}")));
    assertThat(view.clusterUid()).hasSize(36);
  }

  private static List<String> policyNames(ClusterView view) {
    return view.policies().stream().map(policy -> policy.getMetadata().getName()).toList();
  }

  private static void apply(KubernetesClient client, String name, String manifest) {
    client.resource(manifest.replace("NAME", name)).forceConflicts().serverSideApply();
  }
}
