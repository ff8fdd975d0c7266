package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewCommandTest {
  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void runAndPolicy() {
    shell = new Shell(folder).withKeys().write("run.yaml", Manifests.RUN);
    shell.write("view/policy.yaml", Manifests.policy(shell, "500"));
  }

  @Test
  void an_unsigned_run_is_denied_in_the_words_of_the_webhook() throws IOException {
    Shell.Result text = shell.run("review", "-f", "run.yaml", "--view", "view");
    assertThat(text.exitCode()).isEqualTo(2);
    assertThat(text.out())
        .startsWith(
            """
            TrainingRun nlp/sft: denied
              Unsigned: /metadata/annotations/comptroller.dev~1signature: found no signature, required \
            signatures of 1 person(s) of ml-release; next: kubectl-comptroller sign -f FILE --key PEM
            """);
    JsonNode json =
        new JsonMapper()
            .readTree(shell.run("review", "-f", "run.yaml", "--view", "view", "-o", "json").out());
    assertThat(json.at("/reviews/0/outcome").asText()).isEqualTo("DENIED");
    json.at("/reviews/0/findings")
        .forEach(
            finding ->
                assertThat(text.out()).contains("  " + finding.path("message").asText() + "\n"));
  }

  @Test
  void what_nobody_governs_is_allowed() {
    shell.write("run.yaml", Manifests.NOTES);
    assertThat(shell.runWell("review", "-f", "run.yaml", "--view", "view"))
        .isEqualTo("ConfigMap nlp/notes: allowed\n");
  }

  @Test
  void one_denied_object_among_others_decides_the_exit_code() {
    shell.write("run.yaml", Manifests.RUN + "---\n" + Manifests.NOTES);
    Shell.Result result = shell.run("review", "-f", "run.yaml", "--view", "view");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).contains("ConfigMap nlp/notes: allowed\n");
  }

  @Test
  void a_policy_that_warns_allows_and_says_what_it_found() {
    shell.write("view/policy.yaml", shell.read("view/policy.yaml").replace("Enforce", "Warn"));
    assertThat(shell.runWell("review", "-f", "run.yaml", "--view", "view"))
        .startsWith("TrainingRun nlp/sft: allowed\n  warning: Unsigned: ");
  }

  @Test
  void a_run_that_no_policy_governs_is_denied() {
    shell.write("run.yaml", Manifests.RUN.replace("namespace: nlp", "namespace: kube-system"));
    Shell.Result result = shell.run("review", "-f", "run.yaml", "--view", "view");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).contains("  NoPolicy: ");
  }

  @Test
  void a_policy_with_a_bad_key_is_denied_with_its_line() {
    shell.write(
        "bad.yaml",
        shell.read("view/policy.yaml").replaceFirst("(?m)^( +)M[A-Za-z0-9+/]{20}", "$1AAAA"));
    Shell.Result result = shell.run("review", "-f", "bad.yaml", "--view", "view");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out())
        .startsWith(
            "GovernancePolicy research: denied\n  InvalidPolicy: /spec/authorities/0/keys/0/publicKey: ");
    assertThat(shell.run("review", "-f", "view/policy.yaml", "--view", "view").exitCode()).isZero();
  }

  @Test
  void a_changed_plan_of_a_run_that_exists_is_denied() {
    shell.write("changed.yaml", Manifests.RUN.replace("parallelism: 2", "parallelism: 1"));
    String[] review = {"review", "-f", "changed.yaml", "--view", "view", "--old", "run.yaml"};
    Shell.Result changed = shell.run(review);
    assertThat(changed.exitCode()).isEqualTo(2);
    assertThat(changed.out()).contains("  PlanChanged: /spec: ");
    review[2] = "run.yaml";
    assertThat(shell.run(review).out())
        .startsWith("TrainingRun nlp/sft: allowed\n  warning: Unsigned: ");
  }

  @Test
  void a_pod_with_a_forged_owner_is_denied() {
    shell.write(
        "pod.yaml",
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: forged
          namespace: nlp
          ownerReferences:
          - {apiVersion: batch/v1, kind: Job, name: sft, uid: %s, controller: true}
        spec:
          containers:
          - name: a
            image: registry.example.com/a@sha256:%s
            resources: {limits: {nvidia.com/gpu: 1}}
        """
            .formatted(Shell.CLUSTER, "a".repeat(64)));
    Shell.Result result =
        shell.run(
            "review",
            "-f",
            "pod.yaml",
            "--view",
            "view",
            "--as",
            "system:serviceaccount:nlp:default");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).contains("NotDerived");
  }

  @Test
  void without_anything_to_judge_by_there_is_no_verdict() {
    Shell.Result result = shell.run("review", "-f", "run.yaml");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            "error: --view: found neither files nor a kubeconfig, required policies to judge by: --view DIR"
                + " or --kubeconfig FILE\n");
  }

  @Test
  void a_view_that_cannot_be_read_is_no_verdict() {
    shell.write(
        "view/policy.yaml", shell.read("view/policy.yaml").replace("enforcement", "enforcment"));
    Shell.Result result = shell.run("review", "-f", "run.yaml", "--view", "view");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("/spec/enforcment: found the unknown field").hasLineCount(1);
  }

  @Test
  void rules_that_nothing_can_compile_are_no_verdict() {
    shell.write(
        "view/policy.yaml",
        shell.read("view/policy.yaml")
            + "  rules: [{name: any, rego: \"package comptroller\\nallow := true\"}]\n");
    Shell.Result result = shell.run("review", "-f", "run.yaml", "--view", "view");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("error: rules of policies: found no program opa, required");
  }
}
