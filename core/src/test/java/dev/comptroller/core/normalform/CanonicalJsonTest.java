package dev.comptroller.core.normalform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.InvalidFieldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CORPUS = Path.of("..", "..", "shared", "corpora", "jcs");

  @ParameterizedTest
  @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird"})
  void the_published_vectors_are_written_as_published(String name) throws IOException {
    assumeTrue(Files.exists(CORPUS), "the RFC 8785 vectors are not beside the project: " + CORPUS);
    String input = Files.readString(CORPUS.resolve("input").resolve(name + ".json"));
    String output = Files.readString(CORPUS.resolve("output").resolve(name + ".json"));
    assertThat(CanonicalJson.serialise(input)).asString().isEqualTo(output);
    assertThat(CanonicalJson.serialise(JSON.readTree(input).toString()))
        .asString()
        .isEqualTo(output);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "1e3, 1000",
    "-0, 0",
    "-0.0, 0",
    "9007199254740991, 9007199254740991",
    "-9007199254740991, -9007199254740991",
    "0.1, 0.1",
    "2e-3, 0.002"
  })
  void numbers_have_one_way_to_be_written(String number, String canonical) throws IOException {
    assertThat(CanonicalJson.of(JSON.createArrayNode().add(JSON.readTree(number))))
        .asString()
        .isEqualTo("[" + canonical + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740992",
        "-9007199254740992",
        "9007199254740993",
        "12345678901234567890",
        "1e20",
        "1e400",
        "123456789012345678901234567890123456789012345678901234567890"
      })
  void a_number_that_two_readers_could_take_for_different_ones_is_refused(String number)
      throws IOException {
    JsonNode value = JSON.readTree("{\"a\": [" + number + "]}");
    assertThatThrownBy(() -> CanonicalJson.of(value))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageStartingWith("/a/0: found ")
        .hasMessageEndingWith("or a string");
  }

  @Test
  void half_a_surrogate_pair_is_refused_in_values_and_in_names() {
    ObjectNode value = JSON.createObjectNode().put("a", "\ud800");
    ObjectNode name = JSON.createObjectNode().put("\udc00", 1);
    for (ObjectNode half : List.of(value, name)) {
      assertThatThrownBy(() -> CanonicalJson.of(half))
          .isInstanceOf(InvalidFieldException.class)
          .hasMessageContaining("surrogate");
    }
  }

  @Test
  void nesting_has_an_end() {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode list = root.putArray("a");
    for (int depth = 2; depth < CanonicalJson.MAX_DEPTH; depth++) {
      list = list.addArray();
    }
    assertThat(CanonicalJson.of(root)).isNotEmpty();
    list.addArray().addArray();
    assertThatThrownBy(() -> CanonicalJson.of(root)).hasMessageContaining("at most 100 levels");
  }

  @Test
  void members_are_sorted_by_utf_16() throws IOException {
    assertThat(CanonicalJson.of(JSON.readTree("{\"b\": 1, \"\\ufb33\": 2, \"\\ud83d\\ude02\": 3}")))
        .asString()
        .isEqualTo("{\"b\":1,\"\ud83d\ude02\":3,\"\ufb33\":2}");
  }
}
