package dev.comptroller.core.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{\"a\": 1, \"a\": 1}",
        "{\"a\": {\"b\": 1, \"\\u0062\": 2}}",
        "{} {}",
        "{}]",
        "{} x",
        "{\"a\": 1,}",
        "{\"a\": 01}",
        "{\"a\": +1}",
        "{\"a\": 1.0}",
        "{\"a\": 1e3}",
        "{\"a\": NaN}",
        "{\"a\": 9007199254740992}",
        "{\"a\": -9007199254740992}",
        "{\"a\": -9223372036854775808}",
        "{\"a\": 12345678901234567890}",
        "{\"a\": \"\\ud800\"}",
        "{\"\\udc00\": 1}",
        "{\"a\": \"\\udc00\\ud800\"}",
        "{\"a\": \"\ud800\"}",
        "{'a': 1}",
        "{a: 1}",
        "{\"a\": \"line\nbreak\"}",
        "{/* why */}",
        "\uFEFF{}",
        "{\"a\":[[[[[[[1]]]]]]]}"
      })
  void what_readers_could_take_for_different_things_is_refused(String text) {
    assertThatThrownBy(() -> SignedJson.read(text)).isInstanceOf(FormatException.class);
  }

  @Test
  void integers_up_to_the_limit_and_surrogate_pairs_are_read() throws Exception {
    var json =
        SignedJson.read(
            "{\"a\": 9007199254740991, \"b\": -9007199254740991, \"\\ud83d\\ude00\": 0}");

    assertThat(json.path("a").longValue()).isEqualTo(9007199254740991L);
    assertThat(json.path("b").longValue()).isEqualTo(-9007199254740991L);
    assertThat(json.has("\ud83d\ude00")).isTrue();
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused() {
    assertThatThrownBy(() -> SignedJson.read("{\"a\": \"\u00e9\"}".getBytes(ISO_8859_1)))
        .hasMessageContaining("not UTF-8");
    byte[] overlong = "{\"a\": \"..\"}".getBytes(UTF_8);
    overlong[7] = (byte) 0xc0;
    overlong[8] = (byte) 0xaf;
    assertThatThrownBy(() -> SignedJson.read(overlong)).hasMessageContaining("not UTF-8");
  }

  @Test
  void hostile_sizes_are_refused() {
    assertThatThrownBy(() -> SignedJson.read("{}" + " ".repeat(SignedJson.MAX_LENGTH)))
        .hasMessageContaining("characters");
    assertThatThrownBy(() -> SignedJson.read("{\"a\":" + "[".repeat(10_000)))
        .isInstanceOf(FormatException.class);
  }
}
