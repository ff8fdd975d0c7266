package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the documents that install and remove, as they stand there, in a cluster of its
 * own. Its nodes only play pods, so no image is needed, and nobody answers at the webhook's
 * Service.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstallationIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String BUILT_VALUES = "target/images/values.yaml";
  private static final String UNINSTALL =
      Document.read("docs/recovery.md").command("helm uninstall");

  @TempDir private static Path folder;

  private final ControlPlane controlPlane =
      ControlPlane.start(Path.of("target", "installation", "control-plane"));
  private final Terminal terminal = Terminal.of(controlPlane.kubeconfig());

  @BeforeEach
  void install() throws IOException {
    String digest = "sha256:" + "a".repeat(64);
    Path values =
        Files.writeString(
            folder.resolve("values.yaml"),
            """
            operator: {image: {repository: registry.example.com/operator, digest: "%1$s"}}
            webhook: {image: {repository: registry.example.com/webhook, digest: "%1$s"}}
            """
                .formatted(digest));
    String command = Document.read("README.md").command("helm install");
    assertThat(command).contains(BUILT_VALUES);
    String notes = terminal.runWell(command.replace(BUILT_VALUES, values.toString()));
    assertThat(notes).contains("STATUS: deployed", "Until a GovernancePolicy matches a namespace");
  }

  @AfterAll
  void end() {
    controlPlane.close();
  }

  @Test
  void an_installation_defines_the_kinds_brings_the_catalogue_and_asks_its_webhook() {
    assertThat(definitions()).hasSize(5);
    assertThat(terminal.runWell("kubectl get accel")).contains("nvidia.com/gpu");
    assertThat(atAdmission())
        .containsExactly(
            "comptroller-webhook",
            "comptroller-configuration",
            "comptroller-status",
            "comptroller-configuration",
            "comptroller-status");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(
                        terminal.runWell(
                            "kubectl -n comptroller-system get deployments --no-headers"))
                    .contains("comptroller-operator   2/2", "comptroller-webhook    2/2"));

    assertThat(applied("gpu", "{nvidia.com/gpu: 1}").output()).contains("failed calling webhook");
    assertThat(applied("cpu", "{cpu: 1}").exitCode()).isZero();

    remove();
  }

  @Test
  void a_removal_leaves_kinds_and_objects_and_nobody_is_asked_any_more() throws IOException {
    remove();
    terminal.runWell("kubectl apply -f examples/admin/policy.yaml");
    install();
    remove();

    assertThat(definitions()).hasSize(5);
    assertThat(terminal.runWell("kubectl get govpol -o name")).contains("default");
    assertThat(applied("gpu-ungoverned", "{nvidia.com/gpu: 1}").exitCode()).isZero();
  }

  private void remove() {
    assertThat(terminal.runWell(UNINSTALL)).contains("release \"comptroller\" uninstalled");
    assertThat(atAdmission()).isEmpty();
  }

  private List<String> definitions() {
    return controlPlane
        .admin()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .list()
        .getItems()
        .stream()
        .filter(definition -> definition.getSpec().getGroup().equals(Api.GROUP))
        .map(definition -> definition.getMetadata().getName())
        .toList();
  }

  /** What the API server asks, or has others ask, of the chart. */
  private List<String> atAdmission() {
    var admission = controlPlane.admin().admissionRegistration().v1();
    return Stream.of(
            admission.validatingWebhookConfigurations().list().getItems(),
            admission.validatingAdmissionPolicies().list().getItems(),
            admission.validatingAdmissionPolicyBindings().list().getItems())
        .<HasMetadata>flatMap(List::stream)
        .map(object -> object.getMetadata().getName())
        .toList();
  }

  private Terminal.Result applied(String name, String limits) {
    return terminal.run(
        """
        kubectl apply -f - <<YAML
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: default}
        spec:
          containers:
          - name: main
            image: registry.example.com/main@sha256:%s
            resources: {limits: %s}
        YAML
        """
            .formatted(name, "a".repeat(64), limits));
  }
}
