package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.install.InstalledChart;
import dev.comptroller.testkit.install.LocalDeployment;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the document on recovery says and has people type. */
@ExtendWith(ComptrollerExtension.class)
class RecoveryIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Document RECOVERY = Document.read("docs/recovery.md");
  private static final String GPU = "{nvidia.com/gpu: \"1\"}";

  private final Team team;
  private final InstalledChart installed;
  private final Terminal admin;

  RecoveryIT(Team team, InstalledChart installed, ControlPlane controlPlane) {
    this.team = team;
    this.installed = installed;
    this.admin = Terminal.of(controlPlane.kubeconfig());
  }

  @Test
  void while_the_webhook_is_down_what_is_not_governed_goes_on() {
    ObjectNode run = team.alice.sign(team.manifest("training-run", "goes-on"));
    team.create(run);
    String plain = "deployment/plain --namespace " + team.namespace();
    admin.runWell(
        "kubectl create deployment plain --image=registry.example.com/plain --namespace "
            + team.namespace());
    admin.runWell("kubectl rollout status --timeout=60s " + plain);
    LocalDeployment webhook = installed.deployment("comptroller-webhook");
    webhook.kill();
    try {
      for (String refused :
          List.of(
              "kubectl scale --replicas=2 " + plain,
              "kubectl exec " + plain + " -- true",
              "kubectl delete govpol " + team.namespace())) {
        assertThat(admin.run(refused).output()).contains("failed calling webhook");
      }
      assertThat(team.verdict(pod(team.namespace(), GPU)).message())
          .contains("failed calling webhook");
      admin.runWell("kubectl scale --replicas=0 " + plain);
      admin.runWell("kubectl delete " + plain);
      assertThat(team.verdict(pod(team.namespace(), "{cpu: \"1\"}")).allowed()).isTrue();
      assertThat(asAdmin(pod("kube-system", GPU)).allowed()).isTrue();
      assertThat(asAdmin(pod(installed.namespace(), GPU)).allowed()).isTrue();
      assertThat(team.stored(run).name()).isEqualTo("goes-on");
    } finally {
      webhook.start();
    }
  }

  @Test
  void a_pod_that_is_lost_while_the_webhook_is_down_is_replaced_when_it_is_back() {
    GovernedObject endpoint = GovernedObject.endpoint(team, "loses-a-pod").create();
    endpoint.awaitCondition("Ready", "True", "Available");
    LocalDeployment webhook = installed.deployment("comptroller-webhook");
    webhook.kill();
    try {
      admin.runWell(
          "kubectl delete pods --all --wait=false --namespace %s".formatted(team.namespace()));
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                assertThat(endpoint.pods()).isEmpty();
                assertThat(admin.runWell("kubectl get events --namespace " + team.namespace()))
                    .contains("failed calling webhook");
              });
    } finally {
      webhook.start();
    }
    await().atMost(LIMIT).untilAsserted(() -> assertThat(endpoint.pods()).hasSize(1));
    endpoint.awaitCondition("Ready", "True", "Available");
    endpoint.delete();
  }

  @Test
  void an_administrator_deletes_the_configuration_and_installing_again_brings_it_back() {
    String delete = RECOVERY.command("kubectl delete validatingwebhookconfiguration ");
    ObjectNode unsigned = team.manifest("training-run", "unsigned");
    assertThat(admin.run(delete + " --as engineer-of-" + team.namespace()).output())
        .contains("Forbidden");

    admin.runWell(delete);
    try {
      await().atMost(LIMIT).until(() -> team.verdict(unsigned).allowed());
      team.create(unsigned);
      await().atMost(LIMIT).until(() -> phase(unsigned).equals("Denied"));
      assertThat(admin.runWell("kubectl get jobs -n " + team.namespace()))
          .doesNotContain("unsigned");
    } finally {
      reapply("ValidatingWebhookConfiguration");
    }

    ObjectNode another = team.manifest("training-run", "another");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(team.verdict(another).reasons()).containsExactly("Unsigned"));
    assertThat(admin.runWell(RECOVERY.command("kubectl get trun,mdep -A"))).contains("Denied");
  }

  @Test
  void without_the_guards_binding_others_who_may_change_configurations_may_change_ours() {
    String delete = RECOVERY.command("kubectl delete validatingwebhookconfiguration ");
    String janitor = "janitor-" + team.namespace();
    admin.runWell(
        """
        kubectl create clusterrole %1$s --verb=get,delete --resource=validatingwebhookconfigurations
        kubectl create clusterrolebinding %1$s --clusterrole=%1$s --user=%1$s
        """
            .formatted(janitor));
    String trial = delete + " --dry-run=server --as " + janitor;
    try {
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(admin.run(trial).output())
                      .contains("required the right to administer"));

      admin.runWell(RECOVERY.command("kubectl delete validatingadmissionpolicybinding "));

      await().atMost(LIMIT).until(() -> admin.run(trial).exitCode() == 0);
    } finally {
      reapply("ValidatingAdmissionPolicyBinding");
      admin.runWell("kubectl delete clusterrole,clusterrolebinding " + janitor);
    }
  }

  @Test
  void a_deleted_certificate_is_made_anew_and_served() {
    String before = served();
    admin.runWell(RECOVERY.command("kubectl -n comptroller-system delete secret "));

    await().atMost(LIMIT).until(() -> secret() != null);
    await().atMost(LIMIT).until(() -> !served().equals(before));
    ObjectNode unsigned = team.manifest("training-run", "after-renewal");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(team.verdict(unsigned).reasons()).containsExactly("Unsigned"));
  }

  @Test
  void a_policy_that_locks_everybody_out_is_set_to_warn() {
    ObjectNode policy = team.policy();
    policy
        .withArray("/spec/authorities")
        .set(0, Person.authority(Team.SIGNERS, Person.of("somebody", "who-left")));
    ObjectNode signed = team.alice.sign(team.manifest("training-run", "locked-out"));
    team.applyPolicy(policy);
    try {
      await().atMost(LIMIT).until(() -> !team.verdict(signed).allowed());

      admin.runWell(
          RECOVERY.command("kubectl patch govpol NAME").replace("NAME", team.namespace()));

      await().atMost(LIMIT).until(() -> team.verdict(signed).allowed());
    } finally {
      team.applyPolicy(team.policy());
    }
    await().atMost(LIMIT).until(() -> team.verdict(signed).allowed());
  }

  private String phase(ObjectNode run) {
    return team.stored(run).json().at("/status/phase").asText();
  }

  private Verdict asAdmin(ObjectNode object) {
    KubernetesClient client = team.admin();
    return Verdict.on(() -> Team.resource(client, object).dryRun().create());
  }

  private static ObjectNode pod(String namespace, String limits) {
    return (ObjectNode)
        Manifests.yaml(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: trial, namespace: %s}
            spec:
              containers:
              - name: main
                image: registry.example.com/main@sha256:%s
                resources: {limits: %s}
            """
                .formatted(namespace, "a".repeat(64), limits));
  }

  /** Applies objects of a kind again, as helm does. */
  private void reapply(String kind) {
    installed.objects().stream()
        .filter(object -> object.getKind().equals(kind))
        .forEach(
            object ->
                team.admin()
                    .resource(object)
                    .fieldManager("helm")
                    .forceConflicts()
                    .serverSideApply());
  }

  /** The fingerprint of the certificate that the webhook shows. */
  private String served() {
    URI webhook = URI.create(Comptroller.webhookClient(team.admin()).getUrl());
    return admin.runWell(
        "openssl s_client -connect %s </dev/null 2>/dev/null | openssl x509 -noout -fingerprint"
            .formatted(webhook.getAuthority()));
  }

  private Secret secret() {
    return team.admin()
        .secrets()
        .inNamespace(installed.namespace())
        .withName("comptroller-webhook-tls")
        .get();
  }
}
