package dev.comptroller.testkit;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running Kubernetes control plane and clients for whoever a test plays. */
public final class ControlPlane implements AutoCloseable {
  /**
   * Names a kubeconfig of a cluster to use instead of starting a control plane. Its user must be
   * allowed everything.
   */
  public static final String KUBECONFIG_VARIABLE = "COMPTROLLER_TEST_KUBECONFIG";

  private static final String READY = "ready kubeconfig=";
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private final Path kubeconfig;
  private final Config config;
  private final KubernetesClient admin;
  private final @Nullable Process process;

  private ControlPlane(Path kubeconfig, @Nullable Process process) {
    this.kubeconfig = kubeconfig;
    this.config = Config.fromKubeconfig(kubeconfig.toFile());
    this.admin = new KubernetesClientBuilder().withConfig(config).build();
    this.process = process;
  }

  /** The cluster that {@link #KUBECONFIG_VARIABLE} names; where it is not set, a new one. */
  public static ControlPlane givenOrStarted(Path folder) {
    String given = System.getenv(KUBECONFIG_VARIABLE);
    return given == null || given.isBlank() ? start(folder) : at(Path.of(given));
  }

  /** A cluster that runs already; closing this leaves it running. */
  public static ControlPlane at(Path kubeconfig) {
    return new ControlPlane(kubeconfig, null);
  }

  /**
   * Starts a control plane that ends when this is closed or this Java process ends.
   *
   * @param folder what it writes, its logs among that
   * @param options further options of {@code hack/control-plane start}
   */
  public static ControlPlane start(Path folder, String... options) {
    try {
      Files.createDirectories(folder);
      Path progress = folder.resolveSibling(folder.getFileName() + ".start.log");
      ProcessBuilder builder =
          new ProcessBuilder(
              Checkout.current().controlPlaneScript().toString(),
              "start",
              "--foreground",
              "--dir",
              folder.toAbsolutePath().toString(),
              "--name",
              "test-" + ProcessHandle.current().pid());
      builder.command().addAll(List.of(options));
      Process process = builder.redirectError(progress.toFile()).start();
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(READY)) {
          return new ControlPlane(Path.of(line.substring(READY.length())), process);
        }
      }
      throw new IllegalStateException(
          "The control plane did not start:\n"
              + Files.readString(progress)
              + "Logs of its parts are in "
              + folder.resolve("logs"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start a control plane in " + folder, e);
    }
  }

  /** A kubeconfig of an administrator. */
  public Path kubeconfig() {
    return kubeconfig;
  }

  /** What the API server recorded of each request; present for local control planes only. */
  public Optional<Path> auditLog() {
    return Optional.of(kubeconfig.resolveSibling("audit.log")).filter(Files::isRegularFile);
  }

  /** The connection as an administrator. */
  public Config config() {
    return new ConfigBuilder(config).build();
  }

  /** A client as an administrator, shared by all tests; not to be closed. */
  public KubernetesClient admin() {
    return admin;
  }

  /** A client as any user, by impersonation; the caller closes it. */
  public KubernetesClient as(String user, String... groups) {
    return client(
        new ConfigBuilder(config)
            .withImpersonateUsername(user)
            .withImpersonateGroups(groups)
            .build());
  }

  /** A client that holds a token of a ServiceAccount; the caller closes it. */
  public KubernetesClient asServiceAccount(String namespace, String name) {
    return client(
        new ConfigBuilder(config)
            .withClientCertData(null)
            .withClientKeyData(null)
            .withOauthToken(token(namespace, name, TOKEN_LIFETIME))
            .build());
  }

  /**
   * A token of a ServiceAccount, made by a TokenRequest.
   *
   * @param lifetime at least ten minutes
   */
  public String token(String namespace, String serviceAccount, Duration lifetime) {
    TokenRequest request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(lifetime.toSeconds())
            .endSpec()
            .build();
    return admin
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(serviceAccount)
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  private static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  @Override
  public void close() {
    admin.close();
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "The control plane did not end within "
                + STOP_LIMIT
                + ", see "
                + kubeconfig.getParent());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
