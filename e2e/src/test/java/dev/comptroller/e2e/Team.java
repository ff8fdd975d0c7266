package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A governed namespace: an engineer who works in it, the persons its policy trusts, and one whom it
 * does not know.
 */
final class Team implements AutoCloseable {
  static final String SIGNERS = "ml-release";
  static final String APPROVERS = "compute-approvers";

  private static final Duration APPROVED = Duration.ofDays(1);
  private static final JsonMapper JSON = new JsonMapper();

  final Person alice = Person.of("alice", "research");
  final Person bob = Person.of("bob", "research");
  final Person carol = Person.of("carol", "safety");
  final Person mallory = Person.of("mallory", "elsewhere");

  private final ControlPlane controlPlane;
  private final String namespace;
  private final KubernetesClient engineer;

  private Team(ControlPlane controlPlane, String namespace) {
    this.controlPlane = controlPlane;
    this.namespace = namespace;
    this.engineer = controlPlane.as("engineer-of-" + namespace);
  }

  /** Governs a namespace and lets its engineer work there. */
  static Team in(ControlPlane controlPlane, String namespace) {
    Team team = new Team(controlPlane, namespace);
    for (String role : List.of("edit", Comptroller.RELEASE + "-approver")) {
      team.grant("engineer-of-" + namespace, role);
    }
    team.applyPolicy(team.policy());
    ObjectNode unsigned = team.manifest("training-run", "canary");
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(team.verdict(unsigned).reasons()).contains("Unsigned"));
    return team;
  }

  String namespace() {
    return namespace;
  }

  /** The engineer, who holds the stock role {@code edit} and may apply approvals. */
  KubernetesClient engineer() {
    return engineer;
  }

  KubernetesClient admin() {
    return controlPlane.admin();
  }

  /** The engineer's {@code kubectl}, in this namespace. */
  Program kubectl() {
    return Program.kubectl(controlPlane)
        .with("--as=engineer-of-" + namespace, "--namespace=" + namespace);
  }

  /** The policy of this namespace alone. */
  ObjectNode policy() {
    ObjectNode policy = Manifests.read("governance-policy");
    policy.withObject("/metadata").put("name", namespace);
    policy.withArray("/spec/namespaces/include").removeAll().add(namespace);
    ArrayNode authorities = policy.withArray("/spec/authorities");
    authorities.add(Person.authority(SIGNERS, alice));
    authorities.add(Person.authority(APPROVERS, bob, carol));
    return policy;
  }

  void applyPolicy(ObjectNode policy) {
    resource(admin(), policy).fieldManager("admin").forceConflicts().serverSideApply();
  }

  /** A file of {@code manifests/} in this namespace. */
  ObjectNode manifest(String file, String name) {
    ObjectNode object = Manifests.read(file);
    object.withObject("/metadata").put("name", name).put("namespace", namespace);
    return object;
  }

  /** Creates an object as the engineer. */
  GenericKubernetesResource create(ObjectNode object) {
    return resource(engineer, object).create();
  }

  /** What becomes of the engineer's wish to create this object; nothing is stored. */
  Verdict verdict(ObjectNode object) {
    return Verdict.on(() -> resource(engineer, object).dryRun().create());
  }

  /** What the API server has of an object. */
  KubernetesObject stored(ObjectNode object) {
    return new KubernetesObject(JSON.valueToTree(resource(admin(), object).get()));
  }

  /** An approval of a plan by one person, valid for a day. */
  ObjectNode approval(String name, ObjectNode subject, String gpuHours) {
    return Approvals.of(name, subject, gpuHours, clusterUid(), Instant.now().plus(APPROVED));
  }

  /** A time from now, as approvals write it. */
  static String timestamp(Duration fromNow) {
    return Approvals.timestamp(Instant.now().plus(fromNow));
  }

  String clusterUid() {
    return admin().namespaces().withName("kube-system").get().getMetadata().getUid();
  }

  static Resource<GenericKubernetesResource> resource(KubernetesClient client, JsonNode object) {
    return client.resource(JSON.convertValue(object, GenericKubernetesResource.class));
  }

  /** A quota of this namespace by which no Job can be created, and everything else can. */
  ResourceQuota noJobs() {
    return new ResourceQuotaBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("no-jobs")
        .endMetadata()
        .withNewSpec()
        .addToHard("count/jobs.batch", new Quantity("0"))
        .endSpec()
        .build();
  }

  /** Lets a user do in this namespace what a ClusterRole says. */
  void grant(String user, String clusterRole) {
    admin()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(user + "-" + clusterRole)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", clusterRole)
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
  }

  @Override
  public void close() {
    engineer.close();
    resource(admin(), policy()).delete();
  }
}
