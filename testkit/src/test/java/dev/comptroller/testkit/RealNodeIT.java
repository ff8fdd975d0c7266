package dev.comptroller.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealNodeExtension.class)
class RealNodeIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int PORT = 8080;

  private final KubernetesClient admin;
  private final String namespace;

  RealNodeIT(RealNode node, FreshNamespace namespace) {
    this.admin = node.controlPlane().admin();
    this.namespace = namespace.name();
  }

  @Test
  void a_pod_is_reached_from_this_machine_by_its_address_and_by_its_service() throws Exception {
    Pod pod = running(echo("web", "serve", ":" + PORT));
    Service service = service("web", PORT);

    assertThat(get(pod.getStatus().getPodIP(), PORT, "/pod")).isEqualTo("web /pod\n");
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(get(service.getSpec().getClusterIP(), 80, "/service"))
                    .isEqualTo("web /service\n"));
    assertThat(admin.pods().resource(pod).getLog()).contains("GET /pod from", "GET /service from");
  }

  @Test
  void a_pod_reaches_a_service_by_its_name() {
    running(echo("named", "serve", ":" + PORT));
    service("named", PORT);
    Pod caller = running(echo("caller", "serve", ":" + PORT));

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(exec(caller, "/echo", "get", "http://named." + namespace + ".svc/hello"))
                    .isEqualTo(new Result(0, "named /hello\n")));
    assertThat(exec(caller, "/echo", "get", "http://unknown." + namespace + ".svc/").exitCode())
        .isEqualTo(1);
  }

  @Test
  void the_api_server_reaches_a_webhook_by_its_service() {
    String host = "refusal." + namespace + ".svc";
    Pod webhook = running(echo("refusal", "refuse", host));
    service("refusal", 8443);
    String certificate =
        await()
            .atMost(LIMIT)
            .until(
                () -> admin.pods().resource(webhook).getLog(),
                log -> log.contains("END CERTIFICATE"));
    ValidatingWebhookConfiguration configuration = refusal(certificate);
    admin.resource(configuration).create();
    try {
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThatThrownBy(
                          () ->
                              admin
                                  .resource(
                                      new ConfigMapBuilder()
                                          .withNewMetadata()
                                          .withNamespace(namespace)
                                          .withName("refused")
                                          .endMetadata()
                                          .build())
                                  .dryRun()
                                  .create())
                      .isInstanceOf(KubernetesClientException.class)
                      .hasMessageContaining("refused by pod refusal"));
    } finally {
      admin.resource(configuration).delete();
    }
  }

  @Test
  void a_pod_reads_its_secret_and_runs_without_privileges_on_accelerators() {
    admin
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("reader")
                .endMetadata()
                .addToStringData("token", "hush")
                .build())
        .create();
    Pod pod =
        running(
            new PodBuilder(echo("restricted", "serve", ":" + PORT))
                .editSpec()
                .addNewVolume()
                .withName("secret")
                .withNewSecret()
                .withSecretName("reader")
                .endSecret()
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("secret")
                .withMountPath("/secret")
                .endVolumeMount()
                .withNewResources()
                .addToLimits("nvidia.com/gpu", Quantity.parse("2"))
                .endResources()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withReadOnlyRootFilesystem(true)
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build());

    assertThat(exec(pod, "/echo", "read", "/secret/token")).isEqualTo(new Result(0, "hush"));
    assertThat(exec(pod, "/echo", "read", "/proc/self/status").output())
        .containsPattern("NoNewPrivs:\\s+1")
        .containsPattern("Seccomp:\\s+2");
  }

  @Test
  void a_pod_that_fails_tells_its_exit_code_and_keeps_its_log() {
    Pod pod = admin.resource(echo("failing", "exit", "7")).create();

    Pod ended =
        admin
            .resource(pod)
            .waitUntilCondition(
                current -> current != null && "Failed".equals(current.getStatus().getPhase()),
                LIMIT.toSeconds(),
                TimeUnit.SECONDS);

    ContainerStateTerminated state =
        ended.getStatus().getContainerStatuses().getFirst().getState().getTerminated();
    assertThat(state.getExitCode()).isEqualTo(7);
    assertThat(admin.pods().resource(pod).getLog()).isEqualTo("ending with code 7\n");
  }

  @Test
  void a_network_policy_keeps_out_whom_it_does_not_name() {
    Pod guarded = running(echo("guarded", "serve", ":" + PORT));
    Pod friend = running(echo("friend", "serve", ":" + PORT));
    Pod stranger = running(echo("stranger", "serve", ":" + PORT));
    String url = "http://" + guarded.getStatus().getPodIP() + ":" + PORT + "/";
    assertThat(exec(stranger, "/echo", "get", url).exitCode()).isZero();

    admin
        .resource(
            new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("guarded")
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .addToMatchLabels("app", "guarded")
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .addToMatchLabels("app", "friend")
                .endPodSelector()
                .endFrom()
                .endIngress()
                .endSpec()
                .build())
        .create();

    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(exec(stranger, "/echo", "get", url).exitCode()).isOne());
    assertThat(exec(friend, "/echo", "get", url)).isEqualTo(new Result(0, "guarded /\n"));
  }

  private Pod echo(String name, String... arguments) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .addToLabels("app", name)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(1L)
        .addNewContainer()
        .withName("echo")
        .withImage(RealNode.ECHO_IMAGE)
        .withImagePullPolicy("IfNotPresent")
        .withArgs(arguments)
        .endContainer()
        .endSpec()
        .build();
  }

  private Pod running(Pod pod) {
    admin.resource(pod).create();
    return admin.resource(pod).waitUntilReady(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** A Service of the pods with the label {@code app=name}. */
  private Service service(String name, int targetPort) {
    int port = targetPort == PORT ? 80 : 443;
    Service service =
        new ServiceBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .withSelector(Map.of("app", name))
            .addNewPort()
            .withPort(port)
            .withNewTargetPort(targetPort)
            .endPort()
            .endSpec()
            .build();
    return admin.resource(service).create();
  }

  private ValidatingWebhookConfiguration refusal(String certificate) {
    return new ValidatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName(namespace)
        .endMetadata()
        .addNewWebhook()
        .withName("refusal.comptroller.dev")
        .withAdmissionReviewVersions("v1")
        .withSideEffects("None")
        .withFailurePolicy("Fail")
        .withNewNamespaceSelector()
        .addToMatchLabels("kubernetes.io/metadata.name", namespace)
        .endNamespaceSelector()
        .addNewRule()
        .withOperations("CREATE")
        .withApiGroups("")
        .withApiVersions("v1")
        .withResources("configmaps")
        .endRule()
        .withNewClientConfig()
        .withNewService()
        .withNamespace(namespace)
        .withName("refusal")
        .endService()
        .withCaBundle(
            Base64.getEncoder().encodeToString(certificate.getBytes(StandardCharsets.UTF_8)))
        .endClientConfig()
        .endWebhook()
        .build();
  }

  private record Result(int exitCode, String output) {}

  private Result exec(Pod pod, String... command) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (ExecWatch watch = admin.pods().resource(pod).writingOutput(output).exec(command)) {
      int exitCode = watch.exitCode().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
      return new Result(exitCode, output.toString(StandardCharsets.UTF_8));
    }
  }

  private static String get(String host, int port, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path))
              .timeout(Duration.ofSeconds(5))
              .build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
