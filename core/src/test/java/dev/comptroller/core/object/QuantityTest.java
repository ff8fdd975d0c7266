package dev.comptroller.core.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "8,8",
    "1000m,1",
    "1k,1000",
    "2Ki,2048",
    "0.5Gi,536870912",
    "2e3,2000",
    "2E3,2000",
    "1E,1000000000000000000",
    "1Ei,1152921504606846976",
    "1.0,1",
    "+4.,4",
    ".5k,500",
    "0,0",
    "0e999999999,0",
    "9223372036854775807,9223372036854775807",
    "9223372036854775808,9223372036854775807",
    "1e999999999,9223372036854775807",
    "99Ei,9223372036854775807"
  })
  void whole_quantities_count_and_stop_at_the_largest_number(String text, long count) {
    assertThat(Quantity.parse(text).orElseThrow().whole()).isEqualTo(OptionalLong.of(count));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "1500m", "-1", "1e-999999999", "1n"})
  void parts_and_negatives_are_no_count(String text) {
    assertThat(Quantity.parse(text).orElseThrow().whole()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 1", "one", "1 Gi", "1gi", "1K", ".", "-", "1e", "0x1", "1e1000000000", "٣"})
  void anything_else_is_no_quantity(String text) {
    assertThat(Quantity.parse(text)).isEmpty();
  }
}
