package dev.comptroller.core.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys and signatures are interchangeable with those of OpenSSL. */
class OpensslTest {
  private static final byte[] MESSAGE = "DSSEv1 4 type 4 plan".getBytes(UTF_8);

  @TempDir private Path directory;

  @BeforeEach
  void openssl_is_installed() {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "openssl"))),
        "no openssl on PATH");
  }

  @ParameterizedTest
  @EnumSource
  void openssl_verifies_our_signatures(KeyAlgorithm algorithm) throws Exception {
    SigningKey key = SigningKey.generate(algorithm, new SecureRandom());
    write("public.pem", key.publicKey().toPem());
    Files.write(directory.resolve("message"), MESSAGE);
    Files.write(directory.resolve("signature"), key.sign(MESSAGE));

    assertThat(verifyWithOpenssl(algorithm)).isZero();
    Files.write(directory.resolve("message"), "another".getBytes(UTF_8));
    assertThat(verifyWithOpenssl(algorithm)).isNotZero();
  }

  @ParameterizedTest
  @EnumSource
  void openssl_signs_with_our_keys_what_we_verify(KeyAlgorithm algorithm) throws Exception {
    SigningKey key = SigningKey.generate(algorithm, new SecureRandom());
    write("private.pem", key.toPem());
    Files.write(directory.resolve("message"), MESSAGE);
    List<String> sign =
        switch (algorithm) {
          case P256 ->
              List.of("dgst", "-sha256", "-sign", "private.pem", "-out", "signature", "message");
          case Ed25519 ->
              List.of(
                  "pkeyutl",
                  "-sign",
                  "-inkey",
                  "private.pem",
                  "-rawin",
                  "-in",
                  "message",
                  "-out",
                  "signature");
        };

    assertThat(openssl(sign)).isZero();

    byte[] signature = Files.readAllBytes(directory.resolve("signature"));
    assertThat(key.publicKey().verifies(MESSAGE, signature)).isTrue();
  }

  @Test
  void keys_that_openssl_makes_are_read() throws Exception {
    assertThat(openssl(List.of("ecparam", "-name", "prime256v1", "-genkey", "-out", "sec1.pem")))
        .isZero();
    assertThat(openssl(List.of("genpkey", "-algorithm", "ed25519", "-out", "ed25519.pem")))
        .isZero();
    assertThat(openssl(List.of("pkey", "-in", "sec1.pem", "-pubout", "-out", "p256.pub"))).isZero();

    assertThat(SigningKey.fromPem(read("sec1.pem")).publicKey())
        .isEqualTo(VerificationKey.fromPem(read("p256.pub")));
    assertThat(SigningKey.fromPem(read("ed25519.pem")).publicKey().algorithm())
        .isEqualTo(KeyAlgorithm.Ed25519);
  }

  private int verifyWithOpenssl(KeyAlgorithm algorithm) throws Exception {
    return openssl(
        switch (algorithm) {
          case P256 ->
              List.of(
                  "dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "message");
          case Ed25519 ->
              List.of(
                  "pkeyutl",
                  "-verify",
                  "-pubin",
                  "-inkey",
                  "public.pem",
                  "-rawin",
                  "-in",
                  "message",
                  "-sigfile",
                  "signature");
        });
  }

  private int openssl(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of("openssl"), arguments.stream()).toList();
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private String read(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }
}
