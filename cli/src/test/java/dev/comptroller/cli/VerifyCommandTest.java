package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void signedRun() {
    shell = new Shell(folder).withKeys().write("run.yaml", Manifests.RUN);
    shell.write("policy.yaml", Manifests.policy(shell, "500"));
    shell.runWell("sign", "-f", "run.yaml", "--key", "alice.pem", "--to", "signed.yaml");
  }

  @Test
  void it_says_who_signed() throws IOException {
    assertThat(shell.runWell("verify", "-f", "signed.yaml", "--policy", "policy.yaml"))
        .matches(
            """
            TrainingRun nlp/sft: verified, sha256:[0-9a-f]{64}
              signed by alice of research \\(key alice-2026, authority ml-release\\)
            """);
  }

  @Test
  void a_public_key_is_enough() {
    assertThat(shell.runWell("verify", "-f", "signed.yaml", "--key", "alice.pub.pem"))
        .startsWith("TrainingRun nlp/sft: verified");
  }

  @Test
  void a_plan_that_changed_after_signing_is_not_verified() {
    shell.write(
        "signed.yaml", shell.read("signed.yaml").replace("nvidia.com/gpu: 8", "nvidia.com/gpu: 7"));
    notVerified(
        "SignatureInvalid: /metadata/annotations/comptroller.dev~1signature",
        "--policy",
        "policy.yaml");
  }

  @Test
  void a_signature_does_not_move_to_another_object() {
    shell.write("signed.yaml", shell.read("signed.yaml").replace("name: sft", "name: other"));
    notVerified("SignatureInvalid", "--policy", "policy.yaml");
  }

  @Test
  void a_key_of_another_authority_does_not_count() {
    shell.runWell("sign", "-f", "run.yaml", "--key", "bob.pem", "--to", "signed.yaml");
    notVerified("SignerNotTrusted", "--policy", "policy.yaml");
  }

  @Test
  void another_key_does_not_verify() {
    notVerified("not verified", "--key", "bob.pub.pem");
  }

  @Test
  void an_unsigned_object_says_how_to_sign_it() {
    shell.write("signed.yaml", Manifests.RUN);
    notVerified("Unsigned: ", "--policy", "policy.yaml");
    notVerified("next: kubectl-comptroller sign -f FILE --key PEM", "--policy", "policy.yaml");
  }

  @Test
  void a_signature_counts_until_it_expires() {
    shell.runWell(
        "sign", "-f", "run.yaml", "--key", "alice.pem", "--expires", "2h", "--to", "signed.yaml");
    String[] verify = {"verify", "-f", "signed.yaml", "--policy", "policy.yaml"};
    assertThat(shell.at(Shell.NOW.plus(Duration.ofHours(2)).minusSeconds(1)).run(verify).exitCode())
        .isZero();
    assertThat(shell.at(Shell.NOW.plus(Duration.ofHours(2))).run(verify))
        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(2))
        .satisfies(result -> assertThat(result.out()).contains("SignatureExpired"));
  }

  @Test
  void a_signature_for_one_cluster_counts_in_no_other() {
    shell.runWell(
        "sign",
        "-f",
        "run.yaml",
        "--key",
        "alice.pem",
        "--cluster",
        Shell.CLUSTER,
        "--to",
        "signed.yaml");
    String[] verify = {
      "verify", "-f", "signed.yaml", "--policy", "policy.yaml", "--cluster", Shell.CLUSTER
    };
    assertThat(shell.run(verify).exitCode()).isZero();
    verify[6] = Shell.CLUSTER.replace('4', '5');
    assertThat(shell.run(verify).exitCode()).isEqualTo(2);
  }

  @Test
  void programs_get_the_signers() throws IOException {
    JsonNode report =
        new JsonMapper()
            .readTree(
                shell.runWell(
                    "verify", "-f", "signed.yaml", "--policy", "policy.yaml", "-o", "json"));
    assertThat(report.at("/objects/0/verified").booleanValue()).isTrue();
    assertThat(report.at("/objects/0/signers/0/person").asText()).isEqualTo("alice");
  }

  @Test
  void a_policy_with_an_unusable_key_is_an_error_that_names_its_line() {
    shell.write(
        "policy.yaml",
        shell.read("policy.yaml").replaceFirst("(?m)^( +)M[A-Za-z0-9+/]{20}", "$1AAAA"));
    Shell.Result result = shell.run("verify", "-f", "signed.yaml", "--policy", "policy.yaml");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("/spec/authorities/0/keys/0/publicKey").hasLineCount(1);
  }

  private void notVerified(String message, String option, String value) {
    Shell.Result result = shell.run("verify", "-f", "signed.yaml", option, value);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).contains(message);
  }
}
