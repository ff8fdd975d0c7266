package dev.comptroller.core.workload;

import java.util.List;

/**
 * How many pods hold what they ask for, and for how long, at most: the formula of a bound before
 * accelerators have a price. What pods ask for is a matter of their template alone, so pods that
 * need no accelerators cost nothing whatever else is said of them.
 */
public sealed interface Holding {

  /** Pods at the same time, each for so long. */
  record AtOnce(PodTemplate template, Figure pods, Figure seconds) implements Holding {}

  /** Pods that may come one after another, each for so long. */
  record InTurn(PodTemplate template, Figure pods, Figure seconds) implements Holding {}

  /** All parts, side by side in the same time. */
  record Together(String rule, List<Holding> parts) implements Holding {
    public Together {
      parts = List.copyOf(parts);
    }
  }

  /** All parts, in any order. */
  record Sum(String rule, List<Holding> parts) implements Holding {
    public Sum {
      parts = List.copyOf(parts);
    }
  }

  /** The same several times, one after another. */
  record Repeated(Figure times, Holding part) implements Holding {}

  /** Several bounds of the same pods: the smallest holds. */
  record Least(String rule, List<Holding> alternatives) implements Holding {
    public Least {
      alternatives = List.copyOf(alternatives);
    }
  }

  /** One of several, nobody knows which. */
  record Most(String rule, List<Holding> alternatives) implements Holding {
    public Most {
      alternatives = List.copyOf(alternatives);
    }
  }

  /** No clock ends these pods. */
  record Endless(List<PodTemplate> pods, Reason reason) implements Holding {
    public Endless {
      pods = List.copyOf(pods);
    }
  }

  /** How many pods these are, or for how long, cannot be told. */
  record Unpriced(List<PodTemplate> pods, Reason reason) implements Holding {
    public Unpriced {
      pods = List.copyOf(pods);
    }
  }

  /** A part that somebody has to look at if it costs anything. */
  record Noted(Reason reason, Holding part) implements Holding {}

  /** No pods. */
  static Holding nothing() {
    return new Sum("no pods", List.of());
  }

  /** What serves, at any number of pods. */
  static Holding serving(String kind, List<PodSet> podSets) {
    return new Endless(
        podSets.stream().map(PodSet::template).toList(),
        new Reason(
            Reason.Code.LongRunning,
            "",
            "a " + kind + ", which has no end",
            "a price over a window"));
  }
}
