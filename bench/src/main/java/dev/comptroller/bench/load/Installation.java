package dev.comptroller.bench.load;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.comptroller.bench.Bundled;
import dev.comptroller.e2e.Comptroller;
import dev.comptroller.e2e.Person;
import dev.comptroller.images.Program;
import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.install.InstalledChart;
import dev.comptroller.testkit.install.LocalDeployment;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * The chart on a control plane, its programs with the Java options of their images and a heap as
 * for the chart's memory limit, and one policy that governs every namespace.
 */
final class Installation implements AutoCloseable {
  /** Where what is reviewed is meant to go. */
  static final String NAMESPACE = "measured";

  private static final int CLIENTS = 16;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  final Person signer = Person.of("alice", "research");
  final Person approver = Person.of("bob", "safety");
  private final ControlPlane controlPlane;
  private final InstalledChart chart;

  private Installation(ControlPlane controlPlane, InstalledChart chart) {
    this.controlPlane = controlPlane;
    this.chart = chart;
  }

  /**
   * Installs the chart, and waits until its policy is enforced.
   *
   * @param folder what is written, logs of the programs among that
   * @param options further Java options of the programs; the last of a name counts
   */
  static Installation on(ControlPlane controlPlane, Path folder, List<String> options) {
    InstalledChart chart =
        Comptroller.install(
            controlPlane,
            folder.resolve("comptroller"),
            Map.of(
                "webhook.env", environment(Program.WEBHOOK, options),
                "operator.env", environment(Program.OPERATOR, options)));
    Installation installation = new Installation(controlPlane, chart);
    try {
      installation.govern();
    } catch (RuntimeException | Error e) {
      installation.close();
      throw e;
    }
    return installation;
  }

  private void govern() {
    createNamespace(NAMESPACE);
    ObjectNode policy = Bundled.object("load/governance-policy.yaml").json();
    policy
        .withArray("/spec/authorities")
        .add(Person.authority("signers", signer))
        .add(Person.authority("approvers", approver));
    create(policy);
    awaitRefusal(run(NAMESPACE, "canary"), "Unsigned");
  }

  /** Waits until this object is refused with this text. */
  void awaitRefusal(JsonNode object, String text) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              try {
                resource(object).dryRun().create();
                return false;
              } catch (KubernetesClientException e) {
                return String.valueOf(e.getMessage()).contains(text);
              }
            });
  }

  ControlPlane controlPlane() {
    return controlPlane;
  }

  KubernetesClient admin() {
    return controlPlane.admin();
  }

  LocalDeployment webhook() {
    return chart.deployment("comptroller-webhook");
  }

  LocalDeployment operator() {
    return chart.deployment("comptroller-operator");
  }

  /** A run that nobody has signed. */
  ObjectNode run(String namespace, String name) {
    ObjectNode run = Bundled.object("load/training-run.yaml").json();
    run.withObject("/metadata").put("namespace", namespace).put("name", name);
    return run;
  }

  void createNamespace(String name) {
    admin()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  void create(JsonNode object) {
    resource(object).create();
  }

  Resource<GenericKubernetesResource> resource(JsonNode object) {
    return admin().resource(JSON.convertValue(object, GenericKubernetesResource.class));
  }

  /** What the API server makes of an object that is not stored. */
  ObjectNode asAdmitted(JsonNode object) {
    return JSON.valueToTree(resource(object).dryRun().create());
  }

  /** Creates many objects, several at once. */
  void createAll(int count, IntFunction<ObjectNode> object) {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> created = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        created.add(clients.submit(() -> create(object.apply(number))));
      }
      for (Future<?> each : created) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("an object cannot be created", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Java options as in the image, and the heap that the chart's memory limit leaves. */
  private static List<Map<String, String>> environment(Program program, List<String> further) {
    String options =
        String.join(" ", program.optionsWithoutCache())
            + " -XX:MaxRAM="
            + memoryLimit(program)
            + " -Xlog:gc:stdout "
            + String.join(" ", further);
    return List.of(Map.of("name", "JDK_JAVA_OPTIONS", "value", options));
  }

  /** The chart's memory limit, in bytes. */
  static long memoryLimit(Program program) {
    Path values = Checkout.current().path("charts/comptroller/values.yaml");
    try {
      String limit =
          YAML.readTree(values.toFile()).path(program.id()).at("/resources/limits/memory").asText();
      return Quantity.getAmountInBytes(Quantity.parse(limit)).longValueExact();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + values, e);
    }
  }

  @Override
  public void close() {
    chart.close();
  }
}
