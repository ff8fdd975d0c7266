package dev.comptroller.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.install.Chart;
import dev.comptroller.testkit.install.FreePort;
import dev.comptroller.testkit.install.InstalledChart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The chart, installed with operator and webhook running in their images, in a cluster where
 * somebody trains: everything that a program does in its first minute.
 */
final class Governed implements AutoCloseable {
  private static final String SYSTEM = "comptroller-system";
  private static final String TEAM = "nlp";
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final KubernetesClient admin;
  private final InstalledChart chart;
  private final Container cli;
  private final List<String> cliOptions;

  private Governed(
      KubernetesClient admin, InstalledChart chart, Container cli, List<String> cliOptions) {
    this.admin = admin;
    this.chart = chart;
    this.cli = cli;
    this.cliOptions = cliOptions;
  }

  /**
   * Installs the chart and waits until both programs are ready.
   *
   * @param folder a new folder for all that the programs read and write
   * @param javaOptions options of each program's Java runtime beside the image's own
   */
  static Governed install(
      ControlPlane controlPlane,
      BuiltImages.Images images,
      Path folder,
      Map<Program, String> javaOptions)
      throws Exception {
    Files.createDirectories(folder);
    Checkout checkout = Checkout.current();
    int port = FreePort.next();
    Map<String, Object> values =
        Map.of(
            "operator",
            Map.of(
                "replicas", 1,
                "port", FreePort.next(),
                "env", variables(javaOptions.getOrDefault(Program.OPERATOR, ""))),
            "webhook",
            Map.of(
                "replicas",
                1,
                "port",
                port,
                "healthPort",
                FreePort.next(),
                "url",
                "https://127.0.0.1:" + port,
                "env",
                variables(javaOptions.getOrDefault(Program.WEBHOOK, ""))));
    InstalledChart chart =
        InstalledChart.install(
            controlPlane,
            new Chart(checkout.path("charts/comptroller"), "comptroller", SYSTEM, values),
            checkout.tool("helm"),
            Map.of(
                "comptroller/operator",
                new Container(images.of(Program.OPERATOR), folder).entrypoint(),
                "comptroller/webhook",
                new Container(images.of(Program.WEBHOOK), folder).entrypoint()),
            folder);
    return new Governed(
        controlPlane.admin(),
        chart,
        new Container(images.of(Program.CLI), folder),
        Stream.of(javaOptions.getOrDefault(Program.CLI, ""))
            .filter(options -> !options.isEmpty())
            .map(options -> "JDK_JAVA_OPTIONS=" + options)
            .toList());
  }

  private static List<Map<String, String>> variables(String javaOptions) {
    return javaOptions.isEmpty()
        ? List.of()
        : List.of(Map.of("name", "JDK_JAVA_OPTIONS", "value", javaOptions));
  }

  /** The output of a Deployment's program. */
  String log(String deployment) throws Exception {
    return Files.readString(chart.deployment(deployment).log());
  }

  /** Runs the command line's image and gives what it prints. */
  String kubectlComptroller(String... arguments) throws Exception {
    Container.Result result =
        Container.run(cli.entrypoint(arguments), cliOptions.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result.output();
  }

  /**
   * An engineer's first run: refused, signed with the command line, admitted, run to its end.
   *
   * @return what the refusal said
   */
  String signAndRun() throws Exception {
    Checkout checkout = Checkout.current();
    Path key = cli.shared().resolve("alice.pem");
    Path run = cli.shared().resolve("run.yaml");
    Path policy = cli.shared().resolve("policy.yaml");
    Path signed = cli.shared().resolve("signed.yaml");
    kubectlComptroller("keygen", "-o", cli.shared().resolve("alice").toString());
    String publicKey = Files.readString(cli.shared().resolve("alice.pub.pem")).replace("\n", "\\n");
    Files.writeString(
        policy,
        Files.readString(checkout.path("examples/admin/policy.yaml"))
            .replaceFirst(
                "(person: alice\\R.*\\R\\s+publicKey: \")[^\"]*",
                "$1" + publicKey.replace("\\", "\\\\")));
    Files.writeString(run, Files.readString(checkout.path("examples/engineer/training-run.yaml")));
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(TEAM).endMetadata().build())
        .serverSideApply();
    applied(policy);

    String refusal = refused(run);
    kubectlComptroller("plan", "-f", run.toString(), "--view", policy.toString());
    kubectlComptroller(
        "sign", "-f", run.toString(), "--key", key.toString(), "-o", signed.toString());
    kubectlComptroller("review", "-f", signed.toString(), "--view", policy.toString());
    applied(signed);
    awaitSuccess(signed);
    return refusal;
  }

  private String refused(Path manifest) throws Exception {
    Instant end = Instant.now().plus(LIMIT);
    while (true) {
      try {
        admin.load(Files.newInputStream(manifest)).serverSideApply();
        throw new AssertionError(manifest + " was to be refused");
      } catch (KubernetesClientException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Unsigned") || Instant.now().isAfter(end)) {
          return message;
        }
        Thread.sleep(200);
      }
    }
  }

  private void applied(Path manifest) throws Exception {
    admin.load(Files.newInputStream(manifest)).serverSideApply();
  }

  private void awaitSuccess(Path manifest) throws Exception {
    Instant end = Instant.now().plus(LIMIT);
    Object phase = "";
    while (!"Succeeded".equals(phase)) {
      assertThat(Instant.now()).as("the run is " + phase).isBefore(end);
      Thread.sleep(200);
      GenericKubernetesResource run =
          (GenericKubernetesResource) admin.load(Files.newInputStream(manifest)).get().getFirst();
      phase = run == null ? "gone" : run.<Object>get("status", "phase");
    }
  }

  @Override
  public void close() {
    admin.namespaces().withName(TEAM).delete();
    admin
        .genericKubernetesResources("comptroller.dev/v1alpha1", "GovernancePolicy")
        .withName("default")
        .delete();
    chart.close();
  }
}
