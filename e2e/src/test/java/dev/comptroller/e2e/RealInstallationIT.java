package dev.comptroller.e2e;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.FreshNamespace;
import dev.comptroller.testkit.RealNode;
import dev.comptroller.testkit.RealNodeExtension;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The install section of the README, followed on a node that runs containers: what is shipped, in
 * pods, asked by the API server over its Service, governs programs that really train and serve.
 * Only pushing the images to a registry is replaced, by giving them to the node.
 */
@ExtendWith(RealNodeExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealInstallationIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String COMPONENT = "app.kubernetes.io/component";
  private static final int LAST = Integer.MAX_VALUE;
  private static final JsonMapper JSON = new JsonMapper();
  private static final Document README = Document.read("README.md");
  private static final String MONITORING = "monitoring";
  private static final String CALLERS = "loans";
  private static final String STRANGERS = "strangers";

  private final RealNode node;
  private final KubernetesClient admin;
  private final Terminal terminal;
  private final String namespace;
  private final String line;
  private String chart = "";
  private Team team;

  RealInstallationIT(RealNode node, FreshNamespace namespace) {
    this.node = node;
    this.admin = node.controlPlane().admin();
    this.terminal = Terminal.of(node.controlPlane().kubeconfig());
    this.namespace = namespace.name();
    this.line = node.importProgram("registry.example.com/line:1", Checkout.current().tool("line"));
  }

  @BeforeAll
  void install() throws IOException {
    // Maven has just packaged the programs, and leaves a jar's time alone where nothing changed.
    Files.setLastModifiedTime(
        Checkout.current().path("e2e/target/e2e.jar"), FileTime.from(Instant.now()));
    terminal.runWell(README.command("hack/images").replace("REGISTRY", "registry.example.com"));
    for (String push : README.typed()) {
      if (push.startsWith("skopeo copy oci-archive:")) {
        node.importImage(
            Checkout.current().path(push.replaceFirst(".*oci-archive:(\\S+) .*", "$1")));
      }
    }
    String packaged = terminal.runWell("helm package charts/comptroller -d target/images");
    chart = packaged.replaceFirst("(?s).*saved it to: (\\S+).*", "$1");
    // The standard is enforced before the pods come.
    createNamespace(
        Comptroller.NAMESPACE, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
    for (String name : List.of(MONITORING, CALLERS, STRANGERS)) {
      createNamespace(name, Map.of());
    }
    terminal.runWell(README.command("helm install").replace("charts/comptroller", chart));
    awaitRollout();
    upgrade("monitoring.prometheusNamespace=" + MONITORING);
    team = Team.in(node.controlPlane(), namespace);
  }

  @AfterAll
  void end() {
    if (team != null) {
      team.close();
    }
  }

  @Test
  void two_replicas_of_each_program_run_in_pods_that_the_restricted_standard_admits() {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(admin.pods().inNamespace(Comptroller.NAMESPACE).list().getItems())
                    .extracting(pod -> pod.getMetadata().getLabels().get(COMPONENT))
                    .containsExactlyInAnyOrder("operator", "operator", "webhook", "webhook"));
    assertThat(
            admin
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(Comptroller.NAMESPACE)
                .list()
                .getItems())
        .hasSize(2);
    assertThat(
            terminal
                .run(
                    "kubectl -n %s run root --image=%s --restart=Never"
                        .formatted(Comptroller.NAMESPACE, RealNode.ECHO_IMAGE))
                .output())
        .contains("violates PodSecurity \"restricted");
  }

  @Test
  void the_charts_test_has_an_unsigned_run_refused() {
    assertThat(terminal.runWell(README.command("helm test"))).contains("Succeeded");
    assertThat(names(Comptroller.NAMESPACE)).noneMatch(name -> name.endsWith("-test"));
  }

  @Test
  void an_unsigned_workload_is_refused_by_the_webhook_behind_its_service() {
    Verdict verdict = team.verdict(team.manifest("training-run", "unsigned"));

    assertThat(verdict.reasons()).containsExactly("Unsigned");
    assertThat(Comptroller.webhooks(admin))
        .allSatisfy(
            webhook -> {
              assertThat(webhook.getClientConfig().getUrl()).isNull();
              assertThat(webhook.getClientConfig().getService().getName())
                  .isEqualTo("comptroller-webhook");
            });
  }

  @Test
  void an_approved_run_reads_its_secret_trains_shows_its_loss_and_succeeds() {
    terminal.runWell(
        """
        for x in 0 1 2 3 4; do echo "$x,$((3 * x + 2))"; done |
          kubectl -n %s create secret generic points --from-file=points.csv=/dev/stdin
        """
            .formatted(namespace));
    ObjectNode plan = trainingRun("fitted");
    assertThat(team.verdict(team.alice.sign(plan)).reasons()).containsExactly("ApprovalMissing");
    team.create(team.bob.sign(team.approval("fitted", plan, "20")));
    ObjectNode run = team.alice.sign(plan);
    await().atMost(LIMIT).until(() -> team.verdict(run).allowed());
    PodCaller stranger = caller(STRANGERS, "visitor");
    PodCaller watcher = caller(MONITORING, "watcher");
    team.create(run);

    Pod pod =
        await()
            .atMost(LIMIT)
            .until(() -> running("job-name=fitted"), Optional::isPresent)
            .orElseThrow();
    // Nobody but Prometheus' namespace may look at a run.
    assertThat(stranger.ask("http://" + ip(pod) + ":9090/metrics").exitCode()).isNotZero();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(watcher.ask("http://" + ip(pod) + ":9090/metrics").output())
                    .containsPattern("training_epochs_total [1-9]"));

    GovernedObject governed = new GovernedObject(team, run, Api.TRAINING_RUN_LABEL);
    governed.awaitPhase("Succeeded");
    assertThat(governed.status().path("approvedBy").asText()).isEqualTo("bob");
    assertThat(terminal.runWell("kubectl -n " + namespace + " logs job/fitted"))
        .contains("training on 5 points")
        .containsPattern("slope=(2\\.99|3\\.00)\\d intercept=(1\\.99|2\\.00)\\d");
  }

  @Test
  void a_model_answers_its_declared_caller_alone_scales_within_its_ceiling_and_is_watched()
      throws Exception {
    ObjectNode plan = modelDeployment("credit-score");
    ObjectNode signed = team.alice.sign(plan);
    team.create(signed);
    GovernedObject endpoint = new GovernedObject(team, signed, Api.MODEL_DEPLOYMENT_LABEL);
    endpoint.awaitCondition("Ready", "True", "Available");
    String url = "http://credit-score." + namespace + ".svc:8080/predict?x=2";
    PodCaller app = caller(CALLERS, "app");

    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(app.ask(url).output()).contains("\"y\":8"));
    assertThat(caller(STRANGERS, "stranger").ask(url).exitCode()).isNotZero();
    assertThat(mayPredict(CALLERS, "app")).isTrue();
    assertThat(mayPredict(STRANGERS, "stranger")).isFalse();

    String scale = "kubectl -n " + namespace + " scale mdep/credit-score --replicas=";
    terminal.runWell(scale + 2);
    // Each answer names the pod that gave it.
    Set<String> answers = new HashSet<>();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              answers.add(app.ask(url).output());
              assertThat(answers).hasSize(2);
            });
    assertThat(terminal.run(scale + 3).output()).contains("scale.min to scale.max");

    watched(endpoint, app);
    endpoint.delete();
  }

  @Test
  @Order(LAST - 1)
  void an_upgrade_and_its_way_back_keep_governing() {
    upgrade("webhook.ungoverned=Refuse");
    assertThat(argumentsOfTheWebhook()).contains("--ungoverned=Refuse");
    assertThat(team.verdict(team.manifest("training-run", "upgraded")).reasons())
        .containsExactly("Unsigned");

    terminal.runWell("helm rollback comptroller 1 --namespace " + Comptroller.NAMESPACE);
    awaitRollout();
    assertThat(argumentsOfTheWebhook()).contains("--ungoverned=Warn");
    assertThat(team.verdict(team.manifest("training-run", "rolled-back")).reasons())
        .containsExactly("Unsigned");
  }

  @Test
  @Order(LAST)
  void a_removal_ends_the_reviews_and_keeps_the_kinds() {
    terminal.runWell(Document.read("docs/recovery.md").command("helm uninstall"));

    assertThat(
            admin.admissionRegistration().v1().validatingWebhookConfigurations().list().getItems())
        .isEmpty();
    assertThat(terminal.runWell("kubectl get crd -o name"))
        .contains("trainingruns.comptroller.dev");
    await().atMost(LIMIT).untilAsserted(() -> assertThat(names(Comptroller.NAMESPACE)).isEmpty());
  }

  /** A run of ten GPU-hours at most, which the team's policy wants approved. */
  private ObjectNode trainingRun(String name) {
    ObjectNode run = team.manifest("training-run", name);
    run = Manifests.with(run, "/spec/workload/spec/activeDeadlineSeconds", "36000");
    run = Manifests.with(run, "/spec/secrets", "[{name: points, mountPath: /data}]");
    run = Manifests.with(run, "/spec/monitoring", "{port: metrics, path: /metrics}");
    return Manifests.with(
        run,
        "/spec/workload/spec/template/spec/containers/0",
        """
        name: train
        image: %s
        args: [train, --data=/data/points.csv, --pause=200ms]
        ports: [{name: metrics, containerPort: 9090}]
        resources: {limits: {nvidia.com/gpu: "1", memory: 64Mi}}
        """
            .formatted(line));
  }

  private ObjectNode modelDeployment(String name) {
    ObjectNode endpoint = team.manifest("model-deployment", name);
    endpoint = Manifests.with(endpoint, "/spec/runtime/image", line);
    return Manifests.with(endpoint, "/spec/runtime/args", "[serve, --slope=3, --intercept=2]");
  }

  /** A real Prometheus in its own namespace gets data for what the endpoint's dashboard asks. */
  private void watched(GovernedObject endpoint, PodCaller app) throws Exception {
    String targets =
        endpoint.pods().stream().map(pod -> "'" + ip(pod) + ":8082'").collect(joining(", "));
    String configuration =
        """
        global: {scrape_interval: 1s}
        scrape_configs:
        - job_name: credit-score
          static_configs: [{targets: [%s], labels: {namespace: %s, service: credit-score}}]
        """
            .formatted(targets, namespace);
    PrometheusApi prometheus = PrometheusPod.start(node, terminal, MONITORING, configuration);
    String url = "http://credit-score." + namespace + ".svc:8080/predict?x=";
    JsonNode dashboard =
        JSON.readTree(
            admin
                .configMaps()
                .inNamespace(namespace)
                .withName("credit-score-model-dashboard")
                .get()
                .getData()
                .values()
                .iterator()
                .next());
    List<String> queries =
        PrometheusApi.queries(dashboard).stream()
            // kube-state-metrics is not here.
            .filter(query -> !query.contains("kube_deployment"))
            .toList();
    assertThat(queries).hasSizeGreaterThan(2);
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              app.ask(url + 1);
              app.ask(url + "none");
              assertThat(queries)
                  .allSatisfy(query -> assertThat(prometheus.answer(query)).isNotEmpty());
            });
  }

  private PodCaller caller(String in, String account) {
    return PodCaller.start(terminal, in, account);
  }

  private boolean mayPredict(String namespace, String account) {
    return terminal
        .run(
            "kubectl -n %s auth can-i create mdep/credit-score --subresource=predict"
                    .formatted(this.namespace)
                + " --as=system:serviceaccount:%s:%s".formatted(namespace, account))
        .output()
        .contains("yes");
  }

  private Optional<Pod> running(String label) {
    String[] pair = label.split("=", 2);
    return admin
        .pods()
        .inNamespace(namespace)
        .withLabel(pair[0], pair[1])
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getStatus().getPhase().equals("Running"))
        .findFirst();
  }

  private void upgrade(String value) {
    terminal.runWell(
        "helm upgrade comptroller %s --namespace %s --reuse-values --set %s"
            .formatted(chart, Comptroller.NAMESPACE, value));
    awaitRollout();
  }

  private void awaitRollout() {
    for (String program : List.of("operator", "webhook")) {
      terminal.runWell(
          "kubectl -n %s rollout status deployment/comptroller-%s --timeout=120s"
              .formatted(Comptroller.NAMESPACE, program));
    }
  }

  private List<String> names(String namespace) {
    return admin.pods().inNamespace(namespace).list().getItems().stream()
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  private String argumentsOfTheWebhook() {
    return terminal.runWell(
        "kubectl -n %s get pods -l %s=webhook --field-selector=status.phase=Running -o jsonpath='{.items[*].spec.containers[0].args}'"
            .formatted(Comptroller.NAMESPACE, COMPONENT));
  }

  private void createNamespace(String name, Map<String, String> labels) {
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build())
        .create();
  }

  private static String ip(Pod pod) {
    return pod.getStatus().getPodIP();
  }
}
