package dev.comptroller.cli;

import dev.comptroller.api.v1alpha1.Formats;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.gpuhours.UpperBound;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.policy.Durations;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.WorkloadReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which plan to approve: that of a manifest, or one named in full. */
final class ApprovedPlanOptions {
  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      description = "The manifest of the plan, with one governed object; - is standard input.")
  private @Nullable String file;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Kind of the object, such as TrainingRun.")
  private @Nullable String kind;

  @Option(names = "--name", paramLabel = "NAME", description = "Name of the object.")
  private @Nullable String name;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Namespace of the object; with -f, for manifests that name none.")
  private @Nullable String namespace;

  @Option(
      names = "--plan-digest",
      paramLabel = "DIGEST",
      description = "Digest of the plan; with -f, the manifest must have exactly this one.")
  private @Nullable String digest;

  @Option(
      names = "--gpu-hours",
      paramLabel = "HOURS",
      description =
          "The most that is approved, such as 320; with -f, the plan's bound where absent, or for an"
              + " endpoint what it comes to over --serving-window.")
  private @Nullable String gpuHours;

  @Option(
      names = "--serving-window",
      paramLabel = "DURATION",
      description = "The policy's compute.servingWindow; 720h where absent.")
  private @Nullable String servingWindow;

  /** The plan that was asked for. */
  ApprovedPlan read(Console console) throws IOException {
    if (file != null) {
      return ofManifest(file, console);
    }
    ObjectKey subject =
        new ObjectKey(
            "",
            matching(
                "--kind",
                kind,
                Formats.APPROVED_KIND,
                "a kind that runs pods, such as TrainingRun"),
            matching("--namespace", namespace, Formats.DNS_LABEL, "a namespace"),
            matching("--name", name, Formats.DNS_SUBDOMAIN, "the name of an object"));
    return new ApprovedPlan(
        subject,
        digest(required("--plan-digest", digest)),
        hours(required("--gpu-hours", gpuHours)));
  }

  private ApprovedPlan ofManifest(String manifest, Console console) throws IOException {
    if (kind != null || name != null) {
      throw new CommandFailure("--kind, --name", "both with -f", "one way to name the plan");
    }
    AcceleratorCatalogue catalogue = BundledClasses.catalogue();
    List<KubernetesObject> plans =
        Inputs.objects(List.of(manifest), console).stream()
            .filter(object -> Subjects.isPlan(object, catalogue))
            .toList();
    if (plans.size() != 1) {
      throw new CommandFailure(
          Inputs.name(manifest), plans.size() + " plans", "one: an approval is for one plan");
    }
    KubernetesObject object = Subjects.placed(plans.getFirst(), Optional.ofNullable(namespace));
    Subjects.requireKnownFields(object);
    Digest actual = Subjects.form(object).digest();
    if (digest != null && !digest(digest).equals(actual)) {
      throw new CommandFailure("--plan-digest", digest, actual + ", the digest of the manifest");
    }
    return new ApprovedPlan(
        object.key(), actual, gpuHours == null ? bound(object, catalogue) : hours(gpuHours));
  }

  private String bound(KubernetesObject object, AcceleratorCatalogue catalogue) {
    if (WorkloadReader.read(object) instanceof Reading.Read read) {
      Optional<Amount> amount = UpperBound.of(read.workload(), catalogue).over(window());
      if (amount.isPresent() && !amount.get().isSaturated()) {
        return amount.get().toGpuHours();
      }
    }
    throw new CommandFailure(
        "--gpu-hours", "nothing", "the most to approve, because " + object.key() + " has no bound");
  }

  private Duration window() {
    try {
      return servingWindow == null
          ? Durations.DEFAULT_SERVING_WINDOW
          : Durations.parse(servingWindow);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--serving-window", String.valueOf(servingWindow), Durations.FORM);
    }
  }

  private static String required(String option, @Nullable String value) {
    if (value == null) {
      throw new CommandFailure(option, "nothing", "it, or a manifest by -f");
    }
    return value;
  }

  private static String matching(
      String option, @Nullable String value, String pattern, String required) {
    String text = required(option, value);
    if (!text.matches(pattern)) {
      throw new CommandFailure(option, text, required);
    }
    return text;
  }

  private static Digest digest(String text) {
    try {
      return new Digest(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--plan-digest", text, "sha256:<64 lower-case hex digits>");
    }
  }

  private static String hours(String text) {
    if (!text.matches(Formats.GPU_HOURS) || Amount.parse(text).equals(Amount.ZERO)) {
      throw new CommandFailure(
          "--gpu-hours", text, "a decimal number above zero such as 320 or 0.5");
    }
    return text;
  }
}
