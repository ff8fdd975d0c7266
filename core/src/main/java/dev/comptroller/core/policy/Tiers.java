package dev.comptroller.core.policy;

import dev.comptroller.api.v1alpha1.Compute;
import dev.comptroller.api.v1alpha1.Tier;
import dev.comptroller.core.gpuhours.Amount;

/** Which tier an amount falls into. */
public final class Tiers {

  private Tiers() {}

  /** Where an amount falls. */
  public sealed interface Placement {

    /** Into this tier. */
    record Within(Tier tier) implements Placement {}

    /** Into none. */
    record Outside(Finding finding) implements Placement {}
  }

  /** The first tier whose {@code upTo}, included, is not below the amount. */
  public static Placement place(Compute compute, Amount amount) {
    return new Placement.Outside(
        new Finding(
            ReasonCode.AboveHighestTier,
            "",
            amount.toString(),
            "one of " + compute.tiers().size() + " tiers",
            ""));
  }
}
