package dev.comptroller.core.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Project Wycheproof's collection of signatures that verifiers get wrong. */
class WycheproofTest {
  private static final Path CORPUS = Path.of("..", "..", "shared", "corpora", "wycheproof");

  @ParameterizedTest
  @ValueSource(strings = {"ecdsa_secp256r1_sha256_test.json", "ed25519_test.json"})
  void every_signature_gets_the_verdict_that_the_corpus_states(String name) throws Exception {
    Path file = CORPUS.resolve(name);
    assumeTrue(Files.exists(file), () -> "no corpus at " + file.toAbsolutePath().normalize());
    JsonNode corpus = new ObjectMapper().readTree(file.toFile());
    List<String> mismatches = new ArrayList<>();
    int judged = 0;
    for (JsonNode group : corpus.path("testGroups")) {
      VerificationKey key = VerificationKey.fromPem(group.path("publicKeyPem").asText());
      for (JsonNode test : group.path("tests")) {
        judged++;
        boolean valid = test.path("result").asText().equals("valid");
        if (key.verifies(bytes(test, "msg"), bytes(test, "sig")) != valid) {
          mismatches.add(test.path("tcId") + " " + test.path("comment").asText());
        }
      }
    }
    assertThat(mismatches).isEmpty();
    assertThat(judged).isEqualTo(corpus.path("numberOfTests").asInt()).isPositive();
  }

  private static byte[] bytes(JsonNode test, String field) throws IOException {
    return HexFormat.of().parseHex(test.path(field).asText());
  }
}
