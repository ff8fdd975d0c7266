package dev.comptroller.cli;

import dev.comptroller.cli.output.EstimateReport;
import dev.comptroller.cluster.ListedSurroundings;
import dev.comptroller.cluster.ManifestReader;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.gpuhours.Estimate;
import dev.comptroller.core.gpuhours.PricingCase;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Durations;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.Surroundings;
import dev.comptroller.core.workload.Window;
import dev.comptroller.core.workload.WorkloadReader;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a workload may consume at most, and why. */
@Command(
    name = "estimate",
    mixinStandardHelpOptions = true,
    header = "Shows the GPU-hours that a workload may consume at most, and why.",
    description = {
      "Prices the one workload of a manifest before it starts: every retry used, every deadline"
          + " reached, the dearest device. Each term names the field it comes from. What a price"
          + " depends on - runtimes, autoscalers, claims, nodes - is read from the same file, from"
          + " --context and, with --from-cluster, from the cluster; where it is missing the result"
          + " is Unknown and says what to supply.",
      "Without any AcceleratorClass among the files, the chart's catalogue is used."
    },
    exitCodeList = {"0:done, whatever the bound", ExitCode.ERROR_MEANS},
    footer = {
      "  kubectl-comptroller estimate -f job.yaml",
      "  kubectl-comptroller estimate -f trainjob.yaml --context runtimes/ -o json",
      "  kubectl-comptroller estimate -f deployment.yaml --context autoscalers.yaml --window 720h",
      "  kubectl-comptroller estimate -f trainjob.yaml --from-cluster",
    })
final class EstimateCommand implements Callable<Integer> {
  private final Console console;

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Option(
      names = "--context",
      paramLabel = "DIR|FILE",
      description = "Manifests of what else the cluster holds. May be given several times.")
  private List<Path> context = List.of();

  @Option(
      names = "--from-cluster",
      description =
          "Ask the cluster of the kubeconfig, too. What is read from files goes before what it"
              + " holds under the same name.")
  private boolean fromCluster;

  @Mixin private KubeconfigOption kubeconfig = new KubeconfigOption();

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      description =
          "The time, from now, for which endless workloads and schedules are priced, such as 720h.")
  private @Nullable String window;

  @Mixin private FormatOption format = new FormatOption();

  EstimateCommand(Console console) {
    this.console = console;
  }

  /** Where the workload comes from. */
  static final class Source {
    @Option(
        names = {"-f", "--filename"},
        paramLabel = "FILE",
        required = true,
        description = "The manifest of one workload; - is standard input.")
    private @Nullable String file;

    @Option(
        names = "--case",
        paramLabel = "FILE",
        required = true,
        description =
            "A case of the calculator's specification: workload, context, window, weights,"
                + " history.")
    private @Nullable String aCase;
  }

  @Override
  public Integer call() throws IOException {
    format.print(source.aCase == null ? ofManifest() : ofCase(source.aCase), console);
    return ExitCode.OK;
  }

  private EstimateReport ofCase(String file) throws IOException {
    if (!context.isEmpty() || window != null || fromCluster) {
      throw new CommandFailure(
          "--case", "--context, --from-cluster or --window", "none of them: the case says it all");
    }
    String name = Inputs.name(file);
    try {
      PricingCase aCase = PricingCase.read(ManifestReader.map(name, Inputs.text(file, console)));
      return EstimateReport.of(aCase.object().key().toString(), aCase.estimate());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(name + ": " + e.getMessage());
    }
  }

  private EstimateReport ofManifest() throws IOException {
    String file = source.file == null ? "" : source.file;
    List<KubernetesObject> manifest = Inputs.objects(List.of(file), console);
    List<KubernetesObject> workloads =
        manifest.stream()
            .filter(object -> !(WorkloadReader.read(object) instanceof Reading.NotAWorkload))
            .toList();
    if (workloads.size() != 1) {
      throw new CommandFailure(
          Inputs.name(file),
          workloads.isEmpty() ? "no workload" : workloads.size() + " workloads",
          "one object that runs pods: give what else there is by --context");
    }
    List<KubernetesObject> all = new ArrayList<>(manifest);
    all.addAll(ManifestReader.read(context));
    Surroundings around = Surroundings.of(all);
    if (fromCluster) {
      try (KubernetesClient client = kubeconfig.connect(null)) {
        around = ListedSurroundings.of(client);
        for (KubernetesObject object : all) {
          around = around.with(object);
        }
        all.addAll(ListedSurroundings.acceleratorClasses(client));
      }
    }
    if (window != null) {
      around = around.during(new Window(console.clock().instant(), duration(window)));
    }
    KubernetesObject workload = workloads.getFirst();
    Reading reading = WorkloadReader.read(workload, around);
    if (reading instanceof Reading.Malformed(String pointer, String found, String required)) {
      throw new CommandFailure(Subjects.where(workload, pointer), found, required);
    }
    return EstimateReport.of(
        workload.key().toString(),
        Estimate.of(workload, reading, catalogue(all), around, Amount.ZERO));
  }

  private static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--window", text, Durations.FORM);
    }
  }

  private static AcceleratorCatalogue catalogue(List<KubernetesObject> objects) {
    List<KubernetesObject> classes =
        objects.stream().filter(object -> object.kind().equals("AcceleratorClass")).toList();
    return classes.isEmpty()
        ? BundledClasses.catalogue()
        : new AcceleratorCatalogue(
            classes.stream().map(KindReader.LENIENT::acceleratorClass).toList());
  }
}
