package dev.comptroller.bench.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.bench.Bundled;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.e2e.Comptroller;
import dev.comptroller.testkit.ControlPlane;
import io.fabric8.kubernetes.client.Config;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a review adds to the API server's answer. */
@Command(
    name = "api-server",
    description =
        "Has the API server try, without storing anything, to create signed training runs, at fixed"
            + " rates: with no admission of ours, with a ValidatingAdmissionPolicy, and with the"
            + " webhook, one after the other in each round.",
    mixinStandardHelpOptions = true)
final class ApiServerLoad implements Callable<Integer> {
  private static final int WARM_UP_RATE = 200;

  /** Who judges depends on the namespace. */
  private enum Admission {
    /** The chart's webhook leaves this namespace out. */
    NONE("kube-system"),
    /** So it does this one; a policy of the benchmark is bound to it. */
    POLICY(Comptroller.NAMESPACE),
    WEBHOOK(Installation.NAMESPACE);

    private final String namespace;

    Admission(String namespace) {
      this.namespace = namespace;
    }
  }

  @Option(
      names = "--rates",
      split = ",",
      defaultValue = "100,250,500",
      description = "Requests a second. Default: ${DEFAULT-VALUE}.")
  List<Integer> rates = List.of();

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "How often each is measured. Default: ${DEFAULT-VALUE}.")
  int rounds = 3;

  @Option(
      names = "--duration",
      defaultValue = "PT15S",
      description = "How long each rate is kept up. Default: ${DEFAULT-VALUE}.")
  Duration duration = Duration.ofSeconds(15);

  @Mixin Setup setup = new Setup();

  private final MarkdownTable table =
      new MarkdownTable(
          "asked, 1/s",
          "admission",
          "round",
          "sent, 1/s",
          "p50, ms",
          "p99, ms",
          "p99.9, ms",
          "wrong");
  private boolean allRight = true;

  @Override
  public Integer call() {
    try (ControlPlane controlPlane = setup.startControlPlane();
        Installation installation = setup.installOn(controlPlane)) {
      installation.operator().close();
      List<ObjectNode> policy =
          Bundled.objects("load/validating-admission-policy.yaml").stream()
              .map(KubernetesObject::json)
              .toList();
      policy.forEach(installation::create);
      try {
        installation.awaitRefusal(
            installation.run(Admission.POLICY.namespace, "unsigned"), "no signature");
        measure(installation, vegeta(controlPlane.config()));
      } finally {
        policy.forEach(object -> installation.resource(object).delete());
      }
    }
    setup.print(table);
    return allRight ? 0 : 1;
  }

  private void measure(Installation installation, Vegeta vegeta) {
    for (Admission admission : Admission.values()) {
      LoadBenchmarks.progress("api-server: %s, warming up".formatted(admission));
      vegeta.attack(
          List.of(request(installation, admission)), WARM_UP_RATE, duration.multipliedBy(2));
    }
    for (int rate : rates) {
      for (int round = 1; round <= rounds; round++) {
        for (Admission admission : Admission.values()) {
          Answers answers =
              vegeta.attack(List.of(request(installation, admission)), rate, duration);
          report(admission, round, answers);
        }
      }
    }
  }

  private void report(Admission admission, int round, Answers answers) {
    List<Answers.Answer> wrong = answers.wrong(answer -> answer.status() == 201);
    table.add(
        answers.rate(),
        admission,
        round,
        answers.sentEachSecond(),
        answers.millis(0.5),
        answers.millis(0.99),
        answers.millis(0.999),
        wrong.size());
    LoadBenchmarks.progress(
        "api-server: %s at %d/s: p50 %.1f ms, p99 %.1f ms"
            .formatted(admission, answers.rate(), answers.millis(0.5), answers.millis(0.99)));
    if (!wrong.isEmpty()) {
      allRight = false;
      LoadBenchmarks.progress("the first wrong answer: " + wrong.getFirst());
    }
  }

  private static Vegeta.Request request(Installation installation, Admission admission) {
    ObjectNode run = installation.signer.sign(installation.run(admission.namespace, "tried"));
    String url =
        "%s/apis/%s/namespaces/%s/trainingruns?dryRun=All"
            .formatted(
                installation.controlPlane().config().getMasterUrl().replaceFirst("/$", ""),
                run.path("apiVersion").asText(),
                admission.namespace);
    return new Vegeta.Request("POST", url, run.toString());
  }

  private Vegeta vegeta(Config config) {
    return Vegeta.trusting(pem(config.getCaCertData()), setup.folder())
        .showing(pem(config.getClientCertData()), pem(config.getClientKeyData()));
  }

  private static String pem(String data) {
    return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
  }
}
