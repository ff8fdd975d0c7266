package dev.comptroller.core.workload;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** How long a workload has any pod of some templates, at most. */
public final class HoldingTime {
  private HoldingTime() {}

  /**
   * Seconds from the first of these pods to the last; empty if no clock ends them.
   *
   * @param counted which templates count
   */
  public static Optional<BigInteger> longest(Holding holding, Predicate<PodTemplate> counted) {
    return switch (holding) {
      case Holding.AtOnce(PodTemplate template, Figure pods, Figure seconds) ->
          Optional.of(counted.test(template) && !pods.isZero() ? seconds.value() : BigInteger.ZERO);
      case Holding.InTurn(PodTemplate template, Figure pods, Figure seconds) ->
          Optional.of(
              counted.test(template) ? pods.value().multiply(seconds.value()) : BigInteger.ZERO);
      case Holding.Together(String rule, List<Holding> parts) -> longestOf(parts, counted);
      case Holding.Most(String rule, List<Holding> alternatives) ->
          longestOf(alternatives, counted);
      case Holding.Sum(String rule, List<Holding> parts) -> {
        Optional<BigInteger> sum = Optional.of(BigInteger.ZERO);
        for (Holding part : parts) {
          Optional<BigInteger> each = longest(part, counted);
          sum = sum.flatMap(so -> each.map(so::add));
        }
        yield sum;
      }
      case Holding.Repeated(Figure times, Holding part) ->
          longest(part, counted).map(times.value()::multiply);
      case Holding.Least(String rule, List<Holding> alternatives) ->
          alternatives.stream()
              .flatMap(each -> longest(each, counted).stream())
              .min(BigInteger::compareTo);
      case Holding.Endless(List<PodTemplate> pods, Reason reason) -> ended(pods, counted);
      case Holding.Unpriced(List<PodTemplate> pods, Reason reason) -> ended(pods, counted);
      case Holding.Noted(Reason reason, Holding part) -> longest(part, counted);
    };
  }

  private static Optional<BigInteger> longestOf(
      List<Holding> parts, Predicate<PodTemplate> counted) {
    Optional<BigInteger> longest = Optional.of(BigInteger.ZERO);
    for (Holding part : parts) {
      Optional<BigInteger> each = longest(part, counted);
      longest = longest.flatMap(so -> each.map(so::max));
    }
    return longest;
  }

  private static Optional<BigInteger> ended(
      List<PodTemplate> pods, Predicate<PodTemplate> counted) {
    return pods.stream().anyMatch(counted) ? Optional.empty() : Optional.of(BigInteger.ZERO);
  }
}
