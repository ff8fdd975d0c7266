package dev.comptroller.core.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @CsvSource({"sft, -run, sft-run", "a, '', a"})
  void a_name_that_fits_stays_as_it_is(String parent, String suffix, String name) {
    assertThat(Names.of(parent, suffix)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026.sweep",
        "1",
        "a.b",
        "a-very-long-name-that-somebody-thought-of-when-the-experiment-began-a",
        "a-very-long-name-that-somebody-thought-of-when-the-experiment-began-b"
      })
  void any_name_becomes_a_dns_label(String parent) {
    assertThat(Names.of(parent, "-run-dashboard"))
        .matches("[a-z]([-a-z0-9]*[a-z0-9])?")
        .hasSizeLessThanOrEqualTo(63)
        .endsWith("-run-dashboard");
    assertThat(Names.of(parent, "")).isNotEqualTo(Names.of(parent + "x", ""));
  }

  @ParameterizedTest
  @CsvSource({"a.b, a-b", "a_b, a-b"})
  void two_parents_never_share_a_name(String one, String other) {
    assertThat(Names.of(one, "")).isNotEqualTo(Names.of(other, ""));
  }
}
