package dev.comptroller.bench.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.bench.load.Answers.Answer;
import dev.comptroller.e2e.Approvals;
import dev.comptroller.e2e.Comptroller;
import dev.comptroller.testkit.ControlPlane;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reviews sent to the webhook directly. */
@Command(
    name = "webhook",
    description = {
      "Sends reviews to the webhook at fixed rates, whether or not it keeps up, and checks each"
          + " verdict. The webhook is started anew for each number of approvals that it has to"
          + " know, and warmed up.",
      "MIX is half signed runs, a quarter unsigned runs, a quarter pods of a run; NOTHING is a"
          + " request that is no review, the baseline."
    },
    mixinStandardHelpOptions = true)
final class WebhookLoad implements Callable<Integer> {
  private static final int WARM_UP_RATE = 300;
  private static final int NAMESPACES = 50;
  private static final Duration APPROVED = Duration.ofDays(1);
  private static final double MEBIBYTE = 1024 * 1024;

  /** What is sent. */
  enum Load {
    NOTHING,
    SIGNED_RUN,
    UNSIGNED_RUN,
    POD_OF_A_RUN,
    MIX;

    private List<Reviewed> inTurn() {
      return switch (this) {
        case NOTHING -> List.of(Reviewed.NOTHING);
        case SIGNED_RUN -> List.of(Reviewed.SIGNED_RUN);
        case UNSIGNED_RUN -> List.of(Reviewed.UNSIGNED_RUN);
        case POD_OF_A_RUN -> List.of(Reviewed.POD_OF_A_RUN);
        case MIX ->
            List.of(
                Reviewed.SIGNED_RUN,
                Reviewed.UNSIGNED_RUN,
                Reviewed.SIGNED_RUN,
                Reviewed.POD_OF_A_RUN);
      };
    }
  }

  @Option(
      names = "--rates",
      split = ",",
      defaultValue = "100,500,1000,2000",
      description = "Reviews a second. Default: ${DEFAULT-VALUE}.")
  List<Integer> rates = List.of();

  @Option(
      names = "--approvals",
      split = ",",
      defaultValue = "0,1000,10000",
      description = "Approvals in the cluster, ascending. Default: ${DEFAULT-VALUE}.")
  List<Integer> approvals = List.of();

  @Option(
      names = "--loads",
      split = ",",
      defaultValue = "NOTHING,MIX",
      description = "What is sent: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  List<Load> loads = List.of();

  @Option(
      names = "--duration",
      defaultValue = "PT20S",
      description = "How long each rate is kept up. Default: ${DEFAULT-VALUE}.")
  Duration duration = Duration.ofSeconds(20);

  @Option(
      names = "--warm-up",
      defaultValue = "PT40S",
      description = "How long before that, at 300 a second. Default: ${DEFAULT-VALUE}.")
  Duration warmUp = Duration.ofSeconds(40);

  @Mixin Setup setup = new Setup();

  private final MarkdownTable latencies =
      new MarkdownTable(
          "approvals",
          "load",
          "asked, 1/s",
          "sent, 1/s",
          "p50, ms",
          "p99, ms",
          "p99.9, ms",
          "longest, ms",
          "wrong",
          "processors",
          "GC pauses",
          "longest pause, ms",
          "of all time, %");
  private final MarkdownTable memory =
      new MarkdownTable(
          "approvals",
          "ready after, s",
          "resident when ready, MiB",
          "resident at most, MiB",
          "objects in use, MiB");
  private final Map<Reviewed, Vegeta.Request> requests = new EnumMap<>(Reviewed.class);
  private boolean allRight = true;

  @Override
  public Integer call() {
    try (ControlPlane controlPlane = setup.startControlPlane();
        Installation installation = setup.installOn(controlPlane)) {
      prepare(installation);
      Vegeta vegeta = Vegeta.trusting(authorities(installation), setup.folder());
      int present = 0;
      for (int wanted : approvals) {
        addApprovals(installation, present, wanted);
        present = Math.max(present, wanted);
        measure(installation, vegeta, present);
      }
    }
    setup.print(latencies + "\n" + memory);
    return allRight ? 0 : 1;
  }

  private void prepare(Installation installation) {
    String url = Comptroller.webhookClient(installation.admin()).getUrl();
    for (Reviewed reviewed : Reviewed.values()) {
      requests.put(reviewed, reviewed.request(installation, url));
    }
    // From here on nobody else shall use the processors.
    installation.operator().close();
  }

  private void measure(Installation installation, Vegeta vegeta, int present) {
    installation.webhook().close();
    Instant launched = Instant.now();
    installation.webhook().start();
    double ready = Duration.between(launched, Instant.now()).toMillis() / 1000.0;
    JavaProcess webhook = new JavaProcess(installation.webhook());
    double residentWhenReady = webhook.usage().resident() / MEBIBYTE;
    LoadBenchmarks.progress("webhook: %d approvals, warming up".formatted(present));
    attack(vegeta, Load.MIX, WARM_UP_RATE, warmUp);
    for (Load load : loads) {
      for (int rate : rates) {
        JavaProcess measured = new JavaProcess(installation.webhook());
        ProcessUsage before = measured.usage();
        Answers answers = attack(vegeta, load, rate, duration);
        report(
            present,
            load,
            answers,
            JavaProcess.processors(before, measured.usage(), duration),
            measured.pauses());
      }
    }
    memory.add(
        present,
        ready,
        residentWhenReady,
        webhook.usage().mostResident() / MEBIBYTE,
        webhook.liveHeap() / MEBIBYTE);
  }

  private Answers attack(Vegeta vegeta, Load load, int rate, Duration time) {
    return vegeta.attack(load.inTurn().stream().map(requests::get).toList(), rate, time);
  }

  private void report(
      int present, Load load, Answers answers, double processors, CollectorPauses pauses) {
    List<Answer> wrong =
        answers.wrong(
            answer -> load.inTurn().stream().anyMatch(reviewed -> reviewed.isRight(answer)));
    latencies.add(
        present,
        load,
        answers.rate(),
        answers.sentEachSecond(),
        answers.millis(0.5),
        answers.millis(0.99),
        answers.millis(0.999),
        answers.millis(1),
        wrong.size(),
        String.format(Locale.ROOT, "%.2f", processors),
        pauses.count(),
        pauses.longest(),
        100 * pauses.total() / duration.toMillis());
    LoadBenchmarks.progress(
        "webhook: %d approvals, %s at %d/s: p99 %.1f ms"
            .formatted(present, load, answers.rate(), answers.millis(0.99)));
    if (!wrong.isEmpty()) {
      allRight = false;
      LoadBenchmarks.progress("the first wrong answer: " + wrong.getFirst());
    }
  }

  private static void addApprovals(Installation installation, int present, int wanted) {
    if (present == 0 && wanted > 0) {
      for (int i = 0; i < NAMESPACES; i++) {
        installation.createNamespace("held-" + i);
      }
    }
    LoadBenchmarks.progress("webhook: %d approvals are created".formatted(wanted - present));
    String cluster =
        installation.admin().namespaces().withName("kube-system").get().getMetadata().getUid();
    installation.createAll(
        wanted - present, number -> approval(installation, cluster, present + number));
  }

  private static ObjectNode approval(Installation installation, String cluster, int number) {
    ObjectNode run = installation.run("held-" + number % NAMESPACES, "run-" + number);
    return installation.approver.sign(
        Approvals.of("approval-" + number, run, "1", cluster, Instant.now().plus(APPROVED)));
  }

  private static String authorities(Installation installation) {
    return new String(
        Base64.getDecoder().decode(Comptroller.webhookClient(installation.admin()).getCaBundle()),
        StandardCharsets.UTF_8);
  }
}
