package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.cluster.ManifestReader;
import dev.comptroller.core.object.KubernetesObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApproveCommandTest {
  private static final String DIGEST = "sha256:" + "c".repeat(64);

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void run() {
    shell = new Shell(folder).withKeys().write("run.yaml", Manifests.RUN);
  }

  @Test
  void a_manifest_is_approved_up_to_its_bound() {
    KubernetesObject approval =
        approval(
            "-f",
            "run.yaml",
            "--ticket",
            "GOV-1",
            "--expires",
            "24h",
            "--not-before",
            "2026-10-01T14:00:00+01:00");
    assertThat(approval.kind()).isEqualTo("Approval");
    assertThat(approval.namespace()).isEqualTo("nlp");
    assertThat(approval.name()).matches("sft-[0-9a-f]{8}-[0-9a-f]{8}");
    assertThat(approval.spec().at("/subject/kind").asText()).isEqualTo("TrainingRun");
    assertThat(approval.spec().at("/gpuHours").asText()).isEqualTo("64");
    assertThat(approval.spec().at("/cluster").asText()).isEqualTo(Shell.CLUSTER);
    assertThat(approval.spec().at("/ticket").asText()).isEqualTo("GOV-1");
    assertThat(approval.spec().at("/notBefore").asText()).isEqualTo("2026-10-01T13:00:00Z");
    assertThat(approval.spec().at("/expires").asText()).isEqualTo("2026-10-02T12:00:00Z");
  }

  @Test
  void a_plan_can_be_named_in_full() {
    KubernetesObject approval =
        approval(
            "--kind",
            "Job",
            "--name",
            "train",
            "--namespace",
            "vision",
            "--plan-digest",
            DIGEST,
            "--gpu-hours",
            "12.5",
            "--approval-name",
            "train-by-bob");
    assertThat(approval.key()).hasToString("Approval vision/train-by-bob");
    assertThat(approval.spec().at("/subject/planDigest").asText()).isEqualTo(DIGEST);
    assertThat(approval.spec().at("/gpuHours").asText()).isEqualTo("12.5");
  }

  @Test
  void it_is_signed_by_the_approver() {
    shell.write("approval.yaml", approve("-f", "run.yaml").out());
    assertThat(shell.runWell("verify", "-f", "approval.yaml", "--key", "bob.pub.pem"))
        .startsWith("Approval nlp/sft-");
    shell.write(
        "approval.yaml",
        shell.read("approval.yaml").replace("gpuHours: \"64\"", "gpuHours: \"65\""));
    assertThat(shell.run("verify", "-f", "approval.yaml", "--key", "bob.pub.pem").exitCode())
        .isEqualTo(2);
  }

  @Test
  void an_endpoint_is_approved_for_what_it_comes_to_over_the_serving_window() {
    shell.write("mdep.yaml", Manifests.ENDPOINT);
    String rate =
        shell
            .runWell("plan", "-f", "mdep.yaml")
            .replaceAll("(?s).*GPU-hours +([0-9]+) an hour, without an end.*", "$1");
    assertThat(approval("-f", "mdep.yaml").spec().path("gpuHours").asInt())
        .isEqualTo(Integer.parseInt(rate) * 720);
    assertThat(
            approval("-f", "mdep.yaml", "--serving-window", "2h").spec().path("gpuHours").asInt())
        .isEqualTo(Integer.parseInt(rate) * 2);
  }

  @Test
  void what_should_end_and_has_no_deadline_needs_an_amount() {
    shell.write("run.yaml", Manifests.RUN.replaceFirst(" +activeDeadlineSeconds.*\n", ""));
    refused("--gpu-hours: found nothing, required the most to approve", "-f", "run.yaml");
  }

  @Test
  void a_manifest_that_is_not_the_plan_that_was_asked_for_is_refused() {
    refused("--plan-digest: found " + DIGEST, "-f", "run.yaml", "--plan-digest", DIGEST);
  }

  @Test
  void a_plan_named_by_half_is_refused() {
    refused(
        "--plan-digest: found nothing",
        "--kind",
        "Job",
        "--name",
        "train",
        "--namespace",
        "vision");
  }

  @Test
  void a_kind_that_no_approval_can_be_for_is_refused_before_the_cluster_would() {
    Shell.Result result =
        approve(
            "--kind",
            "JobSet",
            "--name",
            "train",
            "--namespace",
            "vision",
            "--plan-digest",
            DIGEST,
            "--gpu-hours",
            "1");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("--kind: found JobSet");
  }

  @Test
  void no_hours_are_no_approval() {
    refused("--gpu-hours: found 0, required", "-f", "run.yaml", "--gpu-hours", "0");
  }

  @Test
  void it_holds_in_one_cluster() {
    Shell.Result result =
        shell.run("approve", "-f", "run.yaml", "--key", "bob.pem", "--reason", "r");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("--cluster: found nothing").hasLineCount(1);
  }

  private KubernetesObject approval(String... options) {
    return ManifestReader.read("approval", approve(options).out()).getFirst();
  }

  private Shell.Result approve(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "approve", "--key", "bob.pem", "--reason", "Review", "--cluster", Shell.CLUSTER));
    arguments.addAll(List.of(options));
    return shell.run(arguments.toArray(String[]::new));
  }

  private void refused(String message, String... options) {
    Shell.Result result = approve(options);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("error: ").contains(message).hasLineCount(1);
  }
}
