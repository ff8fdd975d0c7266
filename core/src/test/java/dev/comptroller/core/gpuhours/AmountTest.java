package dev.comptroller.core.gpuhours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.comptroller.core.accelerator.Weight;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
  private static final BigInteger HOUR = BigInteger.valueOf(3600);

  @ParameterizedTest
  @CsvSource({"8,28800000", "0.5,1800000", "0,0", "320.001,1152003600", "00008,28800000"})
  void gpu_hours_are_read_exactly(String text, long milliSeconds) {
    assertThat(Amount.parse(text)).isEqualTo(new Amount(milliSeconds));
  }

  @Test
  void a_limit_finer_than_can_be_counted_is_rounded_down() {
    assertThat(Amount.parse("1.0000005")).isEqualTo(new Amount(3_600_001));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "+1", "1e3", "1.", ".5", " 1", "1,5", "NaN", "0x10", "max", "١"})
  void anything_but_a_plain_decimal_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Amount.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAX", "9999999999999999999", "2562047788015.3"})
  void what_is_too_large_to_count_is_the_largest_amount(String text) {
    assertThat(Amount.parse(text)).isEqualTo(Amount.MAX);
    assertThat(Amount.parse(text).toGpuHours()).isEqualTo("MAX");
  }

  @ParameterizedTest
  @CsvSource({"3600000,1", "1800000,0.5", "3085715,0.858", "1,0.001", "0,0", "36000000,10"})
  void gpu_hours_are_printed_rounded_up_at_three_decimals(long milliSeconds, String text) {
    assertThat(new Amount(milliSeconds).toGpuHours()).isEqualTo(text);
  }

  @Test
  void a_count_of_parts_is_weighted_as_a_whole_so_that_seven_sevenths_are_one() {
    Weight seventh = Weight.parse("1/7");

    assertThat(Amount.of(seventh.times(7), HOUR)).isEqualTo(Amount.parse("1"));
    assertThat(Amount.of(seventh, HOUR).milliSeconds()).isEqualTo(514_286);
    assertThat(Amount.of(seventh.times(6), HOUR).toGpuHours()).isEqualTo("0.858");
  }

  @Test
  void sums_and_products_stop_at_the_largest_amount() {
    assertThat(Amount.MAX.plus(new Amount(1))).isEqualTo(Amount.MAX);
    assertThat(Amount.MAX.plus(Amount.MAX)).isEqualTo(Amount.MAX);
    assertThat(Amount.of(Weight.parse("8").times(Long.MAX_VALUE), HOUR)).isEqualTo(Amount.MAX);
    assertThat(Amount.MAX.hourlyOver(Duration.ofHours(2))).isEqualTo(Amount.MAX);
  }

  @Test
  void taking_away_more_than_there_is_leaves_nothing() {
    assertThat(Amount.parse("3").minus(Amount.parse("1"))).isEqualTo(Amount.parse("2"));
    assertThat(Amount.parse("1").minus(Amount.parse("3"))).isEqualTo(Amount.ZERO);
  }

  @Test
  void no_limit_covers_a_saturated_need() {
    assertThat(Amount.parse("8").covers(Amount.parse("8"))).isTrue();
    assertThat(Amount.parse("8").covers(new Amount(28_800_001))).isFalse();
    assertThat(Amount.MAX.covers(Amount.MAX)).isFalse();
  }

  @Test
  void a_rate_over_a_window_is_rounded_up() {
    assertThat(Amount.parse("4").hourlyOver(Duration.ofHours(10))).isEqualTo(Amount.parse("40"));
    assertThat(new Amount(1).hourlyOver(Duration.ofMinutes(1))).isEqualTo(new Amount(1));
  }

  @Test
  void a_negative_amount_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Amount(-1));
  }
}
