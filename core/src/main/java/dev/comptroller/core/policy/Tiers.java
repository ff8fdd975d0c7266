package dev.comptroller.core.policy;

import dev.comptroller.api.v1alpha1.Compute;
import dev.comptroller.api.v1alpha1.Tier;
import dev.comptroller.core.gpuhours.Amount;
import java.util.List;

/** Which tier an amount falls into. */
public final class Tiers {
  private static final String TIERS = "/spec/compute/tiers";

  private Tiers() {}

  /** Where an amount falls. */
  public sealed interface Placement {

    /** Into this tier. */
    record Within(Tier tier) implements Placement {}

    /** Into none. */
    record Outside(Finding finding) implements Placement {}
  }

  /**
   * The first tier whose {@code upTo}, included, covers the amount. A tier whose limit cannot be
   * read places nothing: what it meant to allow or to refuse is unknown.
   */
  public static Placement place(Compute compute, Amount amount) {
    List<Tier> tiers = compute.tiers();
    Amount highest = Amount.ZERO;
    for (int i = 0; i < tiers.size(); i++) {
      Tier tier = tiers.get(i);
      try {
        highest = Amount.parse(tier.upTo());
      } catch (IllegalArgumentException e) {
        return outside(
            ReasonCode.InvalidPolicy,
            TIERS + "/" + i + "/upTo",
            tier.upTo(),
            "GPU-hours such as 500",
            "have the GovernancePolicy corrected");
      }
      if (highest.covers(amount)) {
        return new Placement.Within(tier);
      }
    }
    return outside(
        ReasonCode.AboveHighestTier,
        "",
        amount.toGpuHours() + " GPU-hours",
        tiers.isEmpty()
            ? "a tier, and the policy has none"
            : "at most "
                + highest.toGpuHours()
                + " GPU-hours, the limit of tier "
                + tiers.getLast().name(),
        "plan fewer accelerators or a shorter deadline");
  }

  private static Placement outside(
      ReasonCode code, String pointer, String found, String required, String nextStep) {
    return new Placement.Outside(new Finding(code, pointer, found, required, nextStep));
  }
}
