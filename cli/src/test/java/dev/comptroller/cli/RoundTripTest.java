package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From keys to an approved run, by nothing but the commands that each step tells. */
class RoundTripTest {
  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void signedRun() {
    shell = new Shell(folder).withKeys().write("run.yaml", Manifests.RUN);
    shell.write("view/policy.yaml", Manifests.policy(shell, "500"));
    shell.runWell("sign", "-f", "run.yaml", "--key", "alice.pem", "--to", "signed.yaml");
  }

  @Test
  void the_printed_command_gets_the_approval_that_is_missing() throws IOException {
    assertThat(review().exitCode()).isEqualTo(2);
    assertThat(review().out()).contains("ApprovalMissing").doesNotContain("Unsigned");
    String command =
        new JsonMapper()
            .readTree(
                shell.runWell(
                    "plan",
                    "-f",
                    "signed.yaml",
                    "--view",
                    "view",
                    "--cluster",
                    Shell.CLUSTER,
                    "-o",
                    "json"))
            .at("/plans/0/missing/0/nextStep")
            .asText();
    String approval = shell.runWell(Shell.words(command.replace("PEM", "bob.pem")));
    shell.write("view/approval.yaml", approval);

    assertThat(review().exitCode()).isZero();
    assertThat(
            shell.runWell(
                "plan", "-f", "signed.yaml", "--view", "view", "--cluster", Shell.CLUSTER))
        .contains("  signed by    alice\n  approved by  bob\n  missing      nothing\n");
    assertThat(
            shell
                .run(
                    "review",
                    "-f",
                    "view/approval.yaml",
                    "--view",
                    "view",
                    "--cluster",
                    Shell.CLUSTER)
                .exitCode())
        .isZero();
  }

  @Test
  void the_signer_is_no_approver() {
    shell.write(
        "view/policy.yaml",
        shell
            .read("view/policy.yaml")
            .replace(
                "authorities: [compute-approvers]",
                "authorities: [compute-approvers, ml-release]"));
    approve("alice.pem");
    assertThat(review().exitCode()).isEqualTo(2);
    assertThat(review().out()).contains("SelfApproval");
  }

  @Test
  void an_approval_of_another_plan_does_not_count() {
    approve("bob.pem");
    assertThat(review().exitCode()).isZero();
    shell.write("run.yaml", Manifests.RUN.replace("epochs", "steps"));
    shell.runWell("sign", "-f", "run.yaml", "--key", "alice.pem", "--to", "signed.yaml");
    assertThat(review().exitCode()).isEqualTo(2);
    assertThat(review().out()).contains("ApprovalMismatch");
  }

  @Test
  void an_expired_approval_does_not_count() {
    approve("bob.pem");
    shell = shell.at(Shell.NOW.plus(Duration.ofHours(721)));
    assertThat(review().exitCode()).isEqualTo(2);
    assertThat(review().out()).contains("ApprovalExpired");
  }

  @Test
  void a_manifest_tampered_with_after_approval_is_refused() {
    approve("bob.pem");
    shell.write("signed.yaml", shell.read("signed.yaml").replace("14400", "14401"));
    assertThat(review().exitCode()).isEqualTo(2);
    assertThat(review().out()).contains("SignatureInvalid").contains("ApprovalMismatch");
  }

  private void approve(String key) {
    shell.write(
        "view/approval.yaml",
        shell.runWell(
            "approve",
            "-f",
            "signed.yaml",
            "--key",
            key,
            "--cluster",
            Shell.CLUSTER,
            "--reason",
            "Review"));
  }

  private Shell.Result review() {
    return shell.run("review", "-f", "signed.yaml", "--view", "view", "--cluster", Shell.CLUSTER);
  }
}
