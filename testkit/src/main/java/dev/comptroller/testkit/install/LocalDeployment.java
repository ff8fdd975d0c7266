package dev.comptroller.testkit.install;

import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.LocalProcess;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment whose one pod runs as a local process: with the container's arguments, environment
 * and mounts, and with a token of its ServiceAccount in the kubeconfig that KUBECONFIG names.
 * Further pods are made by {@link #replica}.
 */
public final class LocalDeployment implements AutoCloseable {
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

  /** Several times what it takes: tests on a busy machine wait, and do not fail. */
  private static final Duration READY_LIMIT = Duration.ofMinutes(3);

  private final ControlPlane controlPlane;
  private final Deployment deployment;
  private final Container container;
  private final List<String> program;
  private final Path folder;
  private final List<String> furtherArguments;
  private final URI apiServer;
  private final LocalPorts ports;
  private final AtomicInteger replicas;
  private final int number;
  private @Nullable LocalProcess process;

  LocalDeployment(
      ControlPlane controlPlane,
      Deployment deployment,
      Map<String, List<String>> programs,
      Path folder) {
    this.controlPlane = controlPlane;
    this.deployment = deployment;
    this.folder = folder;
    this.apiServer = URI.create(controlPlane.config().getMasterUrl());
    this.ports = LocalPorts.SAME;
    this.number = 1;
    this.replicas = new AtomicInteger(number);
    this.furtherArguments = List.of();
    List<Container> containers = podSpec().getContainers();
    if (containers.size() != 1 || !containers.getFirst().getCommand().isEmpty()) {
      throw new IllegalStateException(
          name() + " has several containers or a command; neither has a local form");
    }
    this.container = containers.getFirst();
    String repository = repository(container.getImage());
    List<String> found = programs.get(repository);
    if (found == null) {
      throw new IllegalStateException(
          "No program is given for image " + repository + "; there are " + programs.keySet());
    }
    this.program = List.copyOf(found);
  }

  private LocalDeployment(LocalDeployment first, URI apiServer, List<String> arguments) {
    this.number = first.replicas.incrementAndGet();
    this.controlPlane = first.controlPlane;
    this.deployment = first.deployment;
    this.container = first.container;
    this.program = first.program;
    this.furtherArguments = List.copyOf(arguments);
    this.folder = first.folder.resolve("replica-" + number);
    this.apiServer = apiServer;
    this.ports = LocalPorts.others(container);
    this.replicas = first.replicas;
  }

  /**
   * One more pod of the Deployment, not started, on ports of its own.
   *
   * @param arguments arguments in the form {@code --name=value}, each in place of the container's
   *     of that name
   */
  public LocalDeployment replica(String... arguments) {
    return new LocalDeployment(this, apiServer, List.of(arguments));
  }

  /** One more pod of the Deployment, not started, that finds the API server at this address. */
  public LocalDeployment replicaThrough(URI apiServer) {
    return new LocalDeployment(this, apiServer, List.of());
  }

  /** Where the process listens on the container's port of this name. */
  public int port(String name) {
    return ports.of(container, name);
  }

  public String name() {
    return deployment.getMetadata().getName();
  }

  /** The file that holds the output of every start. */
  public Path log() {
    return folder.resolve("output.log");
  }

  /** Starts the process and waits until the readiness probe of its container succeeds. */
  public void start() {
    launch();
    awaitReady();
  }

  /** Starts the process and waits for nothing. */
  public void launch() {
    if (process != null && process.isAlive()) {
      throw new IllegalStateException(name() + " runs already");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create " + folder, e);
    }
    Map<String, Path> mounts =
        new VolumeFolders(controlPlane, namespace(), serviceAccount(), folder.resolve("volumes"))
            .materialise(podSpec().getVolumes(), container.getVolumeMounts());
    Map<String, String> environment =
        new HashMap<>(ContainerEnvironment.resolve(container.getEnv(), podFields()));
    List<String> command = new ArrayList<>(program);
    List<String> replaced = furtherArguments.stream().map(LocalDeployment::option).toList();
    for (String argument : container.getArgs()) {
      if (replaced.contains(option(argument))) {
        continue;
      }
      String expanded = ContainerEnvironment.expand(argument, environment);
      command.add(ports.rewrite(VolumeFolders.rewrite(expanded, mounts)));
    }
    command.addAll(furtherArguments);
    environment.replaceAll((name, value) -> VolumeFolders.rewrite(value, mounts));
    environment.put("KUBECONFIG", writeKubeconfig().toString());
    process = LocalProcess.start(name(), command, environment, log());
  }

  /**
   * Waits until the readiness probe of its container succeeds.
   *
   * @throws IllegalStateException if the process ends or is not ready in time, with the end of its
   *     log
   */
  public void awaitReady() {
    LocalProcess started = process;
    if (started == null) {
      throw new IllegalStateException(name() + " was never started");
    }
    new ReadinessProbe(container, ports).await(started, READY_LIMIT);
  }

  /** What the readiness probe of its container is answered now; 0 where nobody answers. */
  public int readiness() {
    return new ReadinessProbe(container, ports).status();
  }

  /**
   * The program that runs.
   *
   * @throws IllegalStateException if it does not run
   */
  public ProcessHandle program() {
    LocalProcess started = process;
    if (started == null) {
      throw new IllegalStateException(name() + " was never started");
    }
    return started.program();
  }

  /** Ends the process at once, as a crash would. */
  public void kill() {
    if (process != null) {
      process.kill();
    }
  }

  /** Ends the process by SIGTERM and waits for it. */
  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  private static String option(String argument) {
    return argument.replaceFirst("=.*", "");
  }

  private PodSpec podSpec() {
    return deployment.getSpec().getTemplate().getSpec();
  }

  private String namespace() {
    return deployment.getMetadata().getNamespace();
  }

  private String serviceAccount() {
    String account = podSpec().getServiceAccountName();
    return account == null ? "default" : account;
  }

  private Map<String, String> podFields() {
    return Map.of(
        "metadata.name",
        name() + "-local-" + number,
        "metadata.namespace",
        namespace(),
        "spec.serviceAccountName",
        serviceAccount(),
        "spec.nodeName",
        "localhost",
        "status.podIP",
        "127.0.0.1");
  }

  private Path writeKubeconfig() {
    Config config = controlPlane.config();
    String name = namespace() + "-" + serviceAccount();
    io.fabric8.kubernetes.api.model.Config kubeconfig =
        new ConfigBuilder()
            .withApiVersion("v1")
            .withKind("Config")
            .addNewCluster()
            .withName(name)
            .withNewCluster()
            .withServer(apiServer.toString())
            .withCertificateAuthorityData(config.getCaCertData())
            .withCertificateAuthority(config.getCaCertFile())
            .endCluster()
            .endCluster()
            .addNewUser()
            .withName(name)
            .withNewUser()
            .withToken(controlPlane.token(namespace(), serviceAccount(), TOKEN_LIFETIME))
            .endUser()
            .endUser()
            .addNewContext()
            .withName(name)
            .withNewContext()
            .withCluster(name)
            .withUser(name)
            .withNamespace(namespace())
            .endContext()
            .endContext()
            .withCurrentContext(name)
            .build();
    Path file = folder.resolve("kubeconfig");
    try {
      return Files.writeString(file, Serialization.asYaml(kubeconfig)).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  private static String repository(String image) {
    String withoutDigest = image.replaceFirst("@.*", "");
    return withoutDigest.replaceFirst(":[^/:]*$", "");
  }
}
