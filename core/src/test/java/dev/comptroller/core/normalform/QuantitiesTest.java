package dev.comptroller.core.normalform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

  /** Right is what a real API server (1.36.3) kept of what is left, as the size of an emptyDir. */
  @ParameterizedTest
  @CsvSource({
    "1000m, 1",
    "0.5Gi, 512Mi",
    "1024Mi, 1Gi",
    "1000, 1k",
    "1024, 1024",
    "1e3, 1e3",
    "10e2, 1e3",
    "12e2, 1200",
    "1e-3, 1e-3",
    "1E, 1E",
    "0, 0",
    "0Gi, 0",
    "1500m, 1500m",
    "1.5, 1500m",
    ".5, 500m",
    "0.5Ki, 512",
    "1.5Ki, 1536",
    "1000Ki, 1000Ki",
    "1023Ki, 1023Ki",
    "1000000Ki, 1000000Ki",
    "0.0001Gi, 107374182400u",
    "100n, 100n",
    "0.1n, 1n",
    "16Ei, 9223372036854775807"
  })
  void quantities_are_written_as_the_server_writes_them(String written, String kept) {
    assertThat(canonical(written)).isEqualTo(kept);
  }

  /** The server keeps these as they are; they are the same values all the same. */
  @ParameterizedTest
  @CsvSource({
    "1E3, 1e3",
    "+5, 5",
    "5., 5",
    "-1000m, -1",
    "9223372036854775808, 9223372036854775807"
  })
  void odd_spellings_are_written_in_one_way(String written, String canonical) {
    assertThat(canonical(written)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one", "1 Gi", "1ki", "1e999999999", "1.2.3", "Gi", "--1", "0x10"})
  void what_is_no_quantity_stays_as_it_is(String text) {
    assertThat(canonical(text)).isEqualTo(text);
  }

  @Test
  void a_number_with_a_billion_digits_is_left_alone() throws JsonProcessingException {
    ObjectNode resources =
        (ObjectNode)
            JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree("{\"limits\": {\"nvidia.com/gpu\": 1e999999999}}");

    Quantities.resources(resources);

    assertThat(resources.at("/limits/nvidia.com~1gpu").isNumber()).isTrue();
  }

  @Property
  void canonical_quantities_are_canonical_already(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long number,
      @ForAll("suffixes") String suffix) {
    String canonical = canonical(number + suffix);
    assertThat(canonical(canonical)).isEqualTo(canonical);
  }

  private static String canonical(String text) {
    ObjectNode parent = JsonNodeFactory.instance.objectNode().put("sizeLimit", text);
    Quantities.member(parent, "sizeLimit");
    return parent.path("sizeLimit").textValue();
  }

  @Provide
  Arbitrary<String> suffixes() {
    return Arbitraries.of("", "m", "u", "n", "k", "M", "G", "Ki", "Mi", "Gi", "e3");
  }
}
