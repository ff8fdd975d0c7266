package dev.comptroller.webhook;

import dev.comptroller.api.v1alpha1.Api;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks the API server for what the webhook has to refuse. The chart's test runs it. */
@Command(
    name = "check-installation",
    description =
        "Has the API server try, without storing anything, to create a training run that nobody"
            + " signed. Ends well when the webhook refuses it.",
    mixinStandardHelpOptions = true)
final class InstallationCheck implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Option(
      names = "--namespace",
      defaultValue = "default",
      description = "Where the run is tried; the webhook has to review this namespace.")
  String namespace = "default";

  @Option(
      names = "--timeout",
      defaultValue = "PT60S",
      description = "How long the webhook may be starting, such as PT60S.")
  Duration timeout = Duration.ofSeconds(60);

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      Clock clock = Clock.systemUTC();
      Instant end = clock.instant().plus(timeout);
      String answer = attempt(client);
      while (!isVerdict(answer) && clock.instant().isBefore(end)) {
        Thread.sleep(PAUSE);
        answer = attempt(client);
      }
      boolean refused = isVerdict(answer);
      (refused ? out() : command.commandLine().getErr())
          .println((refused ? "Refused, as it has to be: " : "") + answer);
      return refused ? 0 : 1;
    }
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** What the API server says to an unsigned run. */
  private String attempt(KubernetesClient client) {
    try {
      client.resource(unsignedRun(namespace)).dryRun().create();
      return "An unsigned training run was admitted in namespace "
          + namespace
          + ": either no webhook is asked, or the policy that governs it does not enforce; name a"
          + " namespace whose policy does";
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Whether the webhook has judged, which it says in the name of its part for plans. */
  static boolean isVerdict(String answer) {
    return answer.contains("\"plans.admission." + Api.GROUP + "\" denied the request");
  }

  static GenericKubernetesResource unsignedRun(String namespace) {
    Map<String, Object> container =
        Map.of("name", "train", "image", "registry.example.com/none@sha256:" + "0".repeat(64));
    Map<String, Object> spec =
        Map.of(
            "experiment",
            "installation-check",
            "owner",
            "comptroller",
            "purpose",
            "Be refused",
            "stage",
            "FineTune",
            "model",
            Map.of("name", "none", "version", "0"),
            "workload",
            Map.of(
                "apiVersion",
                "batch/v1",
                "kind",
                "Job",
                "spec",
                Map.of(
                    "activeDeadlineSeconds",
                    60,
                    "template",
                    Map.of(
                        "spec",
                        Map.of("restartPolicy", "Never", "containers", List.of(container))))));
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(Api.API_VERSION)
        .withKind("TrainingRun")
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("comptroller-installation-check")
        .endMetadata()
        .addToAdditionalProperties("spec", spec)
        .build();
  }
}
