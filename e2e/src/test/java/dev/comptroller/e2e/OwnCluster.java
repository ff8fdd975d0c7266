package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.FreshNamespace;
import dev.comptroller.testkit.PlayedNode;
import dev.comptroller.testkit.fault.Balancer;
import dev.comptroller.testkit.fault.FaultProxy;
import dev.comptroller.testkit.install.FreePort;
import dev.comptroller.testkit.install.InstalledChart;
import dev.comptroller.testkit.install.LocalDeployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A control plane that belongs to the tests that break things, with Comptroller on it: an operator
 * that talks to the API server through a proxy, and two webhooks behind one address. One policy
 * governs all namespaces.
 */
final class OwnCluster implements AutoCloseable {
  private static final String LEASE = "comptroller-operator";

  private final ControlPlane controlPlane;
  private final KubernetesClient impatient;
  private final Balancer balancer;
  private final FaultProxy proxy;
  private final LocalDeployment operator;
  private final List<LocalDeployment> webhooks;
  private final Team team;

  private OwnCluster(ControlPlane controlPlane, Path folder) {
    int address = FreePort.next();
    this.controlPlane = controlPlane;
    this.impatient =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(controlPlane.config())
                    .withRequestRetryBackoffLimit(0)
                    .withRequestTimeout(15_000)
                    .build())
            .build();
    this.proxy = FaultProxy.before(controlPlane.config());
    this.balancer = Balancer.on(address);
    InstalledChart installed =
        Comptroller.install(
            controlPlane, folder, Map.of("webhook.url", "https://127.0.0.1:" + address));
    LocalDeployment first = installed.deployment("comptroller-webhook");
    this.webhooks = List.of(first, first.replica());
    LocalDeployment direct = installed.deployment("comptroller-operator");
    direct.close();
    this.operator = direct.replicaThrough(proxy.address());
    this.team = prepared();
  }

  private Team prepared() {
    try {
      operator.start();
      webhooks.getLast().start();
      webhooks.forEach(webhook -> balancer.add(webhook.port("https")));
      // The many runs of a test at once need more accelerators than the default nodes have.
      PlayedNode.create(controlPlane, "gpu-h100-many", 512);
      return governed(controlPlane);
    } catch (RuntimeException | Error e) {
      endProcesses();
      throw e;
    }
  }

  /** Starts all of it; what is written goes below the folder. */
  static OwnCluster start(Path folder) {
    ControlPlane controlPlane = ControlPlane.start(folder.resolve("control-plane"));
    try {
      return new OwnCluster(controlPlane, folder.resolve("comptroller"));
    } catch (RuntimeException | Error e) {
      controlPlane.close();
      throw e;
    }
  }

  ControlPlane controlPlane() {
    return controlPlane;
  }

  /**
   * An administrator who asks once and takes the first answer, where others ask again for minutes.
   * He waits for longer than the API server waits for a webhook.
   */
  KubernetesClient impatient() {
    return impatient;
  }

  /** Stands between the operator and the API server. */
  FaultProxy proxy() {
    return proxy;
  }

  /** Where the API server finds the webhooks. */
  Balancer balancer() {
    return balancer;
  }

  /** The operator, which talks to the API server through the proxy. */
  LocalDeployment operator() {
    return operator;
  }

  /** Both run, and both get connections. */
  List<LocalDeployment> webhooks() {
    return webhooks;
  }

  /** Whose members sign for every namespace. */
  Team team() {
    return team;
  }

  /** A new namespace, governed by the policy. */
  String namespace(String hint) {
    String name = FreshNamespace.create(controlPlane.admin(), hint).name();
    // What Kubernetes itself puts into every namespace.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                controlPlane.admin().serviceAccounts().inNamespace(name).withName("default").get()
                        != null
                    && controlPlane
                            .admin()
                            .configMaps()
                            .inNamespace(name)
                            .withName("kube-root-ca.crt")
                            .get()
                        != null);
    return name;
  }

  /** By which operators elect their leader. */
  Resource<Lease> lease() {
    return controlPlane.admin().leases().inNamespace(Comptroller.NAMESPACE).withName(LEASE);
  }

  /**
   * Has every object reconciled soon: a policy has changed that governs all, in nothing of weight.
   */
  void wakeEverything() {
    Team.resource(team.admin(), team.policy())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"woken\":\"%d\"}}}".formatted(System.nanoTime()));
  }

  private static Team governed(ControlPlane controlPlane) {
    Team team = Team.in(controlPlane, FreshNamespace.create(controlPlane.admin(), "faults").name());
    ObjectNode policy = team.policy();
    policy.withArray("/spec/namespaces/include").removeAll().add("*");
    team.applyPolicy(policy);
    ObjectNode elsewhere = team.manifest("training-run", "canary");
    elsewhere.withObject("/metadata").put("namespace", "default");
    Resource<?> canary = Team.resource(controlPlane.admin(), elsewhere);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(Verdict.on(() -> canary.dryRun().create()).message())
                    .contains("Unsigned"));
    return team;
  }

  /** Nothing is put in order: all of it goes. */
  @Override
  public void close() throws IOException {
    endProcesses();
    proxy.close();
    balancer.close();
    impatient.close();
    controlPlane.close();
  }

  private void endProcesses() {
    operator.kill();
    webhooks.forEach(LocalDeployment::kill);
  }
}
