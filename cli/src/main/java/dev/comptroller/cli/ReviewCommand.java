package dev.comptroller.cli;

import dev.comptroller.cli.output.ReviewReport;
import dev.comptroller.cluster.ManifestReader;
import dev.comptroller.core.governor.Governor;
import dev.comptroller.core.governor.Requester;
import dev.comptroller.core.governor.Review;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.Lookup;
import dev.comptroller.core.object.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives the webhook's verdict. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    header = "Gives the webhook's verdict on manifests.",
    description = {
      "Gives the verdict that the webhook would give on each object of manifests, "
          + "policies and approvals among them, in the same words.",
      "Judges by the files of --view, needing no cluster and no network, or by the "
          + "cluster of the kubeconfig. By files, every object is judged as new, or as a "
          + "change of what --old holds; by a cluster, as a change of what the cluster "
          + "holds. Name a directory in -f and --view to judge a repository by its own "
          + "policies and approvals."
    },
    exitCodeList = {
      "0:every object is allowed; warnings are printed",
      "1:the command could not be carried out, or there is no verdict",
      "2:at least one object is denied"
    },
    footer = {
      "  kubectl-comptroller review -f signed.yaml --view governance/",
      "  kubectl-comptroller review -f policy.yaml --view .",
      "  kubectl-comptroller review -f run.yaml --context production -o json",
    })
final class ReviewCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      required = true,
      description =
          "A manifest or a directory of manifests; - is standard input. May be given several times.")
  private List<String> files = List.of();

  @Option(
      names = "--old",
      paramLabel = "DIR|FILE",
      description = "With --view: objects as they are stored, which the manifests change.")
  private List<Path> old = List.of();

  @Option(
      names = "--as",
      paramLabel = "USER",
      description = "Who asks, for objects that only their controller may create.")
  private @Nullable String user;

  @Mixin private ViewOptions view = new ViewOptions();

  @Mixin private FormatOption format = new FormatOption();

  ReviewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<KubernetesObject> objects = Inputs.objects(files, console);
    if (objects.isEmpty()) {
      throw new CommandFailure(String.join(", ", files), "no object", "at least one");
    }
    try (OpenedView opened = view.open(console).orElseThrow(ReviewCommand::nothingToJudgeBy)) {
      Map<ObjectKey, KubernetesObject> stored = new HashMap<>();
      ManifestReader.read(old).forEach(object -> stored.put(object.key(), object));
      Governor governor =
          new Governor(Rules.evaluator(opened.view(), objects, console.environment()));
      List<ReviewReport.Review> reviews = new ArrayList<>();
      for (KubernetesObject object : objects) {
        KubernetesObject placed = placed(object);
        Optional<KubernetesObject> before =
            opened.client() == null
                ? Optional.ofNullable(stored.get(placed.key()))
                : stored(opened.view().object(placed.key()), placed.key());
        var decision =
            governor.review(review(placed, before), opened.view(), console.clock().instant());
        reviews.add(ReviewReport.Review.of(placed.key(), decision));
      }
      ReviewReport report = new ReviewReport(List.copyOf(reviews));
      format.print(report, console);
      return exitCode(report);
    }
  }

  private static int exitCode(ReviewReport report) {
    if (report.undecided()) {
      return ExitCode.ERROR;
    }
    return report.denied() ? ExitCode.REFUSED : ExitCode.OK;
  }

  private Review review(KubernetesObject object, Optional<KubernetesObject> before) {
    Requester requester =
        user == null ? Requester.NOBODY : new Requester(user, Set.of("system:authenticated"));
    return before
        .map(stored -> Review.update(stored, object, requester))
        .orElseGet(() -> Review.create(object, requester));
  }

  private KubernetesObject placed(KubernetesObject object) {
    boolean needsNamespace = Subjects.isApproval(object) || Subjects.runsPods(object);
    return needsNamespace ? Subjects.placed(object, view.namespace()) : object;
  }

  private static Optional<KubernetesObject> stored(Lookup<KubernetesObject> lookup, ObjectKey key) {
    return switch (lookup) {
      case Lookup.Found<KubernetesObject>(KubernetesObject object) -> Optional.of(object);
      case Lookup.Missing<KubernetesObject> missing -> Optional.empty();
      case Lookup.Unavailable<KubernetesObject>(String reason) ->
          throw new CommandFailure("cluster", reason, "an answer about " + key);
    };
  }

  private static CommandFailure nothingToJudgeBy() {
    return new CommandFailure(
        "--view",
        "neither files nor a kubeconfig",
        "policies to judge by: --view DIR or --kubeconfig FILE");
  }
}
