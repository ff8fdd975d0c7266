package dev.comptroller.bench.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.e2e.Comptroller;
import dev.comptroller.testkit.AuditedRequest;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.PlayedNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many runs at once. */
@Command(
    name = "operator",
    description = {
      "Creates signed training runs while the operator is down, and starts it: how long until each"
          + " is judged, how long until all have succeeded, what it asked the API"
          + " server, and what it keeps in memory.",
      "Each pod of a run lasts a second. The figures of each number of runs come from a namespace of"
          + " its own, and what was there before stays."
    },
    mixinStandardHelpOptions = true)
final class OperatorLoad implements Callable<Integer> {
  private static final double MEBIBYTE = 1024 * 1024;
  private static final double KIBIBYTE = 1024;
  private static final ResourceDefinitionContext RUNS =
      new ResourceDefinitionContext.Builder()
          .withGroup("comptroller.dev")
          .withVersion("v1alpha1")
          .withKind("TrainingRun")
          .withPlural("trainingruns")
          .withNamespaced(true)
          .build();

  @Option(
      names = "--runs",
      split = ",",
      defaultValue = "100,1000",
      description = "How many are created at once, ascending. Default: ${DEFAULT-VALUE}.")
  List<Integer> runs = List.of();

  @Option(
      names = "--limit",
      defaultValue = "PT30M",
      description = "How long all runs of a namespace may take. Default: ${DEFAULT-VALUE}.")
  Duration limit = Duration.ofMinutes(30);

  @Mixin Setup setup = new Setup();

  private final MarkdownTable table =
      new MarkdownTable(
          "runs",
          "ready after, s",
          "judged, 1/s",
          "all succeeded after, s",
          "processor time a run, ms",
          "requests a run",
          "heap a run, KiB",
          "resident at most, MiB");
  private final Map<String, Map<String, Double>> requests = new TreeMap<>();

  @Override
  public Integer call() {
    try (ControlPlane controlPlane = setup.startControlPlane();
        Installation installation = setup.installOn(controlPlane)) {
      PlayedNode.create(controlPlane, "gpu-many", 100_000);
      for (int count : runs) {
        measure(installation, count);
      }
    }
    setup.print(table + "\n" + requestTable());
    return 0;
  }

  private void measure(Installation installation, int count) {
    long before = new JavaProcess(installation.operator()).liveHeap();
    installation.operator().close();
    String namespace = "runs-" + count;
    installation.createNamespace(namespace);
    LoadBenchmarks.progress("operator: %d runs are created".formatted(count));
    installation.createAll(count, number -> shortRun(installation, namespace, "run-" + number));

    Instant launched = Instant.now();
    installation.operator().start();
    Instant ready = Instant.now();
    JavaProcess operator = new JavaProcess(installation.operator());
    awaitAll(installation, namespace, count, run -> !phase(run).isEmpty());
    Instant judged = Instant.now();
    LoadBenchmarks.progress("operator: all are judged");
    awaitAll(installation, namespace, count, run -> phase(run).equals("Succeeded"));
    Instant succeeded = Instant.now();
    ProcessUsage usage = operator.usage();
    table.add(
        count,
        seconds(launched, ready),
        count / seconds(ready, judged),
        seconds(ready, succeeded),
        (double) usage.processor().toMillis() / count,
        asked(installation, namespace, count),
        (operator.liveHeap() - before) / KIBIBYTE / count,
        usage.mostResident() / MEBIBYTE);
    LoadBenchmarks.progress("operator: all have succeeded");
  }

  /** Requests about this namespace, by run. */
  private double asked(Installation installation, String namespace, int count) {
    String user = "system:serviceaccount:" + Comptroller.NAMESPACE + ":comptroller-operator";
    Map<String, Double> byKind =
        AuditedRequest.read(installation.controlPlane().auditLog().orElseThrow()).stream()
            .filter(request -> request.user().equals(user))
            .filter(request -> request.namespace().equals(namespace))
            .collect(
                Collectors.groupingBy(
                    request -> request.verb() + " " + request.resource(),
                    TreeMap::new,
                    Collectors.summingDouble(request -> 1.0 / count)));
    byKind.forEach(
        (kind, each) ->
            requests.computeIfAbsent(kind, any -> new TreeMap<>()).put(namespace, each));
    return byKind.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private MarkdownTable requestTable() {
    MarkdownTable byKind =
        new MarkdownTable(
            Stream.concat(Stream.of("requests a run"), namespaces().stream())
                .toArray(String[]::new));
    requests.forEach(
        (kind, each) ->
            byKind.add(
                Stream.concat(
                        Stream.of(kind),
                        namespaces().stream()
                            .map(
                                name ->
                                    String.format(
                                        Locale.ROOT, "%.2f", each.getOrDefault(name, 0.0))))
                    .toArray()));
    return byKind;
  }

  private List<String> namespaces() {
    return runs.stream().map(count -> "runs-" + count).toList();
  }

  private static ObjectNode shortRun(Installation installation, String namespace, String name) {
    ObjectNode run = installation.run(namespace, name);
    run.withObject("/spec/workload/spec/template/metadata/annotations")
        .put("pod-complete.stage.kwok.x-k8s.io/delay", "1s");
    return installation.signer.sign(run);
  }

  private void awaitAll(
      Installation installation,
      String namespace,
      int count,
      Predicate<GenericKubernetesResource> condition) {
    Awaitility.await()
        .atMost(limit)
        .pollInterval(Duration.ofSeconds(Math.max(1, count / 1000)))
        .until(
            () ->
                installation
                        .admin()
                        .genericKubernetesResources(RUNS)
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .stream()
                        .filter(condition)
                        .count()
                    == count);
  }

  private static String phase(GenericKubernetesResource run) {
    String phase = run.get("status", "phase");
    return phase == null ? "" : phase;
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
