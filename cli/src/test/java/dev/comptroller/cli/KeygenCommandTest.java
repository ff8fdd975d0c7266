package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.cluster.ManifestReader;
import dev.comptroller.core.signature.SigningKey;
import dev.comptroller.core.signature.VerificationKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeygenCommandTest {
  @TempDir Path folder;

  @Test
  void the_private_key_is_its_owners_alone_and_is_not_shown() throws Exception {
    Shell shell = new Shell(folder);
    Shell.Result result = shell.run("keygen", "--to", "alice");
    assertThat(result.exitCode()).isZero();
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(shell.path("alice.pem"))))
        .isEqualTo("rw-------");
    assertThat(result.out() + result.err()).doesNotContain("PRIVATE");
    SigningKey key = SigningKey.fromPem(shell.read("alice.pem"));
    assertThat(VerificationKey.fromPem(shell.read("alice.pub.pem"))).isEqualTo(key.publicKey());
  }

  @Test
  void the_printed_lines_are_a_key_of_a_policy() throws Exception {
    Shell shell = new Shell(folder);
    String out =
        shell.runWell(
            "keygen",
            "-o",
            shell.path("bob").toString(),
            "--algorithm",
            "ed25519",
            "--organization",
            "safety");
    String entry = out.substring(out.indexOf("  - name:"));
    var key = ManifestReader.map("snippet", "keys:\n" + entry).at("/keys/0");
    assertThat(key.path("name").asText()).isEqualTo("bob");
    assertThat(key.path("person").asText()).isEqualTo("bob");
    assertThat(key.path("organization").asText()).isEqualTo("safety");
    assertThat(VerificationKey.fromPem(key.path("publicKey").asText()))
        .isEqualTo(VerificationKey.fromPem(shell.read("bob.pub.pem")));
  }

  @Test
  void programs_get_the_digest_that_revokes_the_key() throws Exception {
    Shell shell = new Shell(folder);
    String out = shell.runWell("keygen", "--to", "carol", "-o", "json");
    assertThat(new JsonMapper().readTree(out).path("digest").asText())
        .isEqualTo(VerificationKey.fromPem(shell.read("carol.pub.pem")).digest().value());
  }

  @Test
  void keys_are_never_overwritten() {
    Shell shell = new Shell(folder);
    shell.runWell("keygen", "--to", "alice");
    String before = shell.read("alice.pem");
    Shell.Result again = shell.run("keygen", "--to", "alice");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err())
        .contains("found a file of that name, required a new name")
        .hasLineCount(1);
    assertThat(shell.read("alice.pem")).isEqualTo(before);
  }
}
