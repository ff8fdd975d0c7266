package dev.comptroller.cli;

import dev.comptroller.cli.output.PlanReport;
import dev.comptroller.core.governor.Governor;
import dev.comptroller.core.governor.Requester;
import dev.comptroller.core.governor.Review;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what plans cost and what they lack. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    header = "Shows what plans cost and what they lack.",
    description = {
      "Shows for every governed object of manifests: the digest of its plan, its GPU- "
          + "hours at most, its tier, who signed and approved it, what is missing, and the "
          + "commands that get it.",
      "Looks at the cluster of the kubeconfig, or at the files of --view. With "
          + "neither, shows digest and GPU-hours by the chart's accelerator classes."
    },
    exitCodeList = {"0:done, whatever is missing", ExitCode.ERROR_MEANS},
    footer = {
      "  kubectl-comptroller plan -f run.yaml",
      "  kubectl-comptroller plan -f run.yaml --explain",
      "  kubectl-comptroller plan -f runs/ --view governance/ -o json",
    })
final class PlanCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      required = true,
      description =
          "A manifest or a directory of manifests; - is standard input. May be given several times.")
  private List<String> files = List.of();

  @Option(
      names = "--explain",
      description = "Show each term of the bound and the field it comes from.")
  private boolean explain;

  @Mixin private ViewOptions view = new ViewOptions();

  @Mixin private FormatOption format = new FormatOption();

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<KubernetesObject> objects = Inputs.objects(files, console);
    try (OpenedView opened = view.open(console).orElseGet(view::bundled)) {
      Governor governor =
          new Governor(Rules.evaluator(opened.view(), objects, console.environment()));
      List<PlanReport.Plan> plans = new ArrayList<>();
      for (KubernetesObject object : objects) {
        if (Subjects.isPlan(object, opened.view().accelerators())) {
          plans.add(plan(object, opened, governor));
        }
      }
      if (plans.isEmpty()) {
        throw new CommandFailure(
            String.join(", ", files),
            "no plan",
            "a TrainingRun, ModelDeployment or a workload that asks for accelerators");
      }
      format.print(new PlanReport(List.copyOf(plans)), console);
      return ExitCode.OK;
    }
  }

  private PlanReport.Plan plan(KubernetesObject object, OpenedView opened, Governor governor) {
    Subjects.requireKnownFields(object);
    KubernetesObject placed = Subjects.placed(object, view.namespace());
    Decision decision =
        governor.review(
            Review.create(placed, Requester.NOBODY), opened.view(), console.clock().instant());
    return PlanReport.Plan.of(placed.key(), decision, opened.judges(), explain);
  }
}
