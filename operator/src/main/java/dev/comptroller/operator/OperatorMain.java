package dev.comptroller.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the operator. */
@Command(
    name = "comptroller-operator",
    mixinStandardHelpOptions = true,
    description = "Reconciles TrainingRuns and ModelDeployments: judges, wires, runs.")
public final class OperatorMain implements Callable<Integer> {

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port of /livez, /readyz and /metrics (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--controllers",
      required = true,
      description = "File that lists which users create the children of which kinds (YAML).")
  private Path controllers = Path.of("");

  @Option(
      names = "--opa",
      defaultValue = "opa",
      description = "The opa program that compiles Rego rules (default: ${DEFAULT-VALUE}).")
  private Path opa = Path.of("opa");

  @Option(
      names = "--namespace",
      defaultValue = "default",
      description = "Namespace of the lease by which replicas elect a leader.")
  private String namespace = "";

  @Option(
      names = "--leader-election",
      arity = "1",
      defaultValue = "true",
      description = "Whether replicas elect a leader (default: ${DEFAULT-VALUE}).")
  private boolean leaderElection;

  @Option(
      names = "--check-secrets-in",
      split = ",",
      description =
          "Namespaces in which the operator may read Secrets, to tell that one is missing.")
  private Set<String> secretNamespaces = Set.of();

  @Option(
      names = "--prometheus-namespace",
      defaultValue = "",
      description = "Namespace whose pods may scrape metrics; empty: none.")
  private String prometheusNamespace = "";

  @Option(
      names = "--monitoring-label",
      description = "Label by which Prometheus selects monitors and rules, as key=value.")
  private Map<String, String> monitoringLabels = Map.of();

  /** Runs until a signal ends it. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new OperatorMain()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    OperatorSettings settings =
        new OperatorSettings(
            port,
            controllers,
            opa,
            namespace,
            leaderElection,
            secretNamespaces,
            prometheusNamespace,
            monitoringLabels);
    try (OperatorApplication application = OperatorApplication.start(settings, Clock.systemUTC())) {
      application.awaitTermination();
      return 0;
    } catch (KubernetesClientException e) {
      System.err.println("cannot talk to the API server: " + e.getMessage());
      return 1;
    }
  }
}
