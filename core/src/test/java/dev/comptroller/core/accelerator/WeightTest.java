package dev.comptroller.core.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightTest {
  @ParameterizedTest
  @CsvSource({"0.3,3,10", "1/7,1,7", "4/8,1,2", "1,1,1", "2.50,5,2", "0,0,1"})
  void decimals_and_fractions_are_exact(String text, String numerator, String denominator) {
    Weight weight = Weight.parse(text);

    assertThat(weight.numerator()).isEqualTo(numerator);
    assertThat(weight.denominator()).isEqualTo(denominator);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1/0", "1/", "/7", "1/7/2", "0.3/2", "1e3", ".5", "1.", "one"})
  void anything_else_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Weight.parse(text));
  }

  @Test
  void equal_worth_is_equal_however_it_is_written() {
    assertThat(Weight.parse("0.5")).isEqualTo(Weight.parse("1/2"));
    assertThat(Weight.parse("1/7")).isLessThan(Weight.parse("0.143"));
    assertThat(Weight.parse("1/7").plus(Weight.parse("6/7"))).isEqualTo(Weight.parse("1"));
  }

  @ParameterizedTest
  @CsvSource({"0.30,0.3", "1/7,1/7", "4/8,0.5", "10,10", "0,0", "0.0001,1/10000"})
  void a_weight_is_printed_exactly(String text, String printed) {
    assertThat(Weight.parse(text)).hasToString(printed);
  }
}
