package dev.comptroller.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.api.v1alpha1.Compute;
import dev.comptroller.api.v1alpha1.Tier;
import dev.comptroller.core.gpuhours.Amount;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiersTest {
  private static final Compute COMPUTE =
      new Compute(null, null, List.of(tier("self-service", "8"), tier("board", "500.5")));

  @ParameterizedTest
  @CsvSource({
    "0, self-service",
    "8, self-service",
    "8.001, board",
    "500.5, board",
  })
  void an_amount_falls_into_the_first_tier_that_covers_it(String amount, String tier) {
    assertThat(Tiers.place(COMPUTE, Amount.parse(amount)))
        .isInstanceOfSatisfying(
            Tiers.Placement.Within.class,
            within -> assertThat(within.tier().name()).isEqualTo(tier));
  }

  @Test
  void what_exceeds_the_last_tier_is_refused_with_its_limit() {
    Finding finding = outside(COMPUTE, Amount.parse("500.501"));

    assertThat(finding.code()).isEqualTo(ReasonCode.AboveHighestTier);
    assertThat(finding.message())
        .contains("500.501 GPU-hours", "at most 500.5 GPU-hours, the limit of tier board");
  }

  @Test
  void what_cannot_be_counted_fits_no_tier() {
    Compute boundless = new Compute(null, null, List.of(tier("all", "9".repeat(15))));

    assertThat(outside(boundless, Amount.MAX).code()).isEqualTo(ReasonCode.AboveHighestTier);
  }

  @Test
  void without_tiers_nothing_is_placed() {
    assertThat(outside(new Compute(null, null, List.of()), Amount.ZERO).required())
        .contains("the policy has none");
  }

  @Test
  void a_limit_that_cannot_be_read_is_no_limit() {
    Compute broken = new Compute(null, null, List.of(tier("a", "lots"), tier("b", "500")));

    Finding finding = outside(broken, Amount.ZERO);

    assertThat(finding.code()).isEqualTo(ReasonCode.InvalidPolicy);
    assertThat(finding.pointer()).isEqualTo("/spec/compute/tiers/0/upTo");
  }

  private static Finding outside(Compute compute, Amount amount) {
    assertThat(Tiers.place(compute, amount)).isInstanceOf(Tiers.Placement.Outside.class);
    return ((Tiers.Placement.Outside) Tiers.place(compute, amount)).finding();
  }

  private static Tier tier(String name, String upTo) {
    return new Tier(name, upTo, null);
  }
}
