package dev.comptroller.core.gpuhours;

import dev.comptroller.core.accelerator.Weight;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.Holding;
import dev.comptroller.core.workload.HoldingTime;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Workload;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Prices what pods hold: the formula of a kind with the weights of what its pods ask for. */
final class Evaluation {
  private static final BigInteger HOUR = BigInteger.valueOf(3600);

  private final IdentityHashMap<PodTemplate, Demand> demands;

  /**
   * @param demands what pods of each template hold
   */
  Evaluation(IdentityHashMap<PodTemplate, Demand> demands) {
    this.demands = demands;
  }

  /**
   * What a holding comes to.
   *
   * @param amount accelerator-seconds; zero if it has no end
   * @param reasons why it has no end or no price, and what somebody has to look at
   */
  record Priced(Weight amount, Set<Reason> reasons, Term term) {

    /** Whether it is an amount at all. */
    boolean isAmount() {
      return !has(Reason.Effect.UNKNOWN)
          && !has(Reason.Effect.ENDLESS)
          && !has(Reason.Effect.SERVES);
    }

    boolean has(Reason.Effect effect) {
      return reasons.stream().anyMatch(reason -> reason.code().effect() == effect);
    }
  }

  /** All that a workload holds until its end: of each pod, and of the claims that pods share. */
  Priced total(Workload workload) {
    Priced own = of(workload.holding());
    Map<String, Weight> shared = shared(workload);
    if (!own.isAmount() || shared.isEmpty()) {
      return own;
    }
    List<Term> terms = new ArrayList<>();
    terms.add(own.term());
    Weight sum = own.amount();
    for (Map.Entry<String, Weight> claim : shared.entrySet()) {
      BigInteger seconds =
          HoldingTime.longest(
                  workload.holding(), pod -> demand(pod).shared().containsKey(claim.getKey()))
              .orElse(Figure.UNLIMITED);
      Weight amount = claim.getValue().times(seconds);
      sum = sum.plus(amount);
      terms.add(
          Term.made(
              "resource claim " + claim.getKey(),
              hours(amount),
              "accelerators of the claim x time that any pod may use it",
              List.of(
                  new Term("", "accelerators of the claim", claim.getValue().toString()),
                  new Term("", "time", seconds + " s"))));
    }
    return new Priced(
        sum,
        own.reasons(),
        Term.made("pods and the claims they share", hours(sum), "the sum", terms));
  }

  /** What is held at once, at most, as accelerator-time an hour. */
  Priced rate(Workload workload) {
    Weight sum = Weight.ZERO;
    List<Term> terms = new ArrayList<>();
    for (PodSet set : workload.podSets()) {
      Demand demand = demand(set.template());
      if (demand.perPod().isZero()) {
        continue;
      }
      Weight each = demand.perPod().times(set.pods().value());
      sum = sum.plus(each);
      terms.add(
          Term.made(
              "pods at once",
              rated(each),
              "accelerators of a pod x " + set.pods().name(),
              List.of(demand.term(), Term.of(set.pods()))));
    }
    for (Map.Entry<String, Weight> claim : shared(workload).entrySet()) {
      sum = sum.plus(claim.getValue());
      terms.add(new Term("", "resource claim " + claim.getKey(), rated(claim.getValue())));
    }
    Weight rate = sum.times(HOUR);
    return new Priced(
        rate,
        Set.of(),
        terms.size() == 1
            ? terms.getFirst()
            : Term.made("all pods at once", rated(sum), "the sum", terms));
  }

  private Map<String, Weight> shared(Workload workload) {
    Map<String, Weight> shared = new TreeMap<>();
    for (PodSet set : workload.podSets()) {
      if (!set.pods().isZero()) {
        demand(set.template()).shared().forEach((name, weight) -> shared.put(name, weight));
      }
    }
    shared.values().removeIf(Weight::isZero);
    return shared;
  }

  private Demand demand(PodTemplate template) {
    Demand demand = demands.get(template);
    if (demand == null) {
      throw new IllegalStateException("every template of a holding is one of its workload");
    }
    return demand;
  }

  private Priced of(Holding holding) {
    return switch (holding) {
      case Holding.AtOnce(PodTemplate template, Figure pods, Figure seconds) ->
          held(template, pods, seconds);
      case Holding.InTurn(PodTemplate template, Figure pods, Figure seconds) ->
          held(template, pods, seconds);
      case Holding.Together(String rule, List<Holding> parts) -> sum(rule, parts);
      case Holding.Sum(String rule, List<Holding> parts) -> sum(rule, parts);
      case Holding.Repeated(Figure times, Holding part) -> repeated(times, of(part));
      case Holding.Least(String rule, List<Holding> alternatives) -> least(rule, alternatives);
      case Holding.Most(String rule, List<Holding> alternatives) -> most(rule, alternatives);
      case Holding.Endless(List<PodTemplate> pods, Reason reason) -> reasoned(pods, reason);
      case Holding.Unpriced(List<PodTemplate> pods, Reason reason) -> reasoned(pods, reason);
      case Holding.Noted(Reason reason, Holding part) -> noted(reason, of(part));
    };
  }

  private Priced held(PodTemplate template, Figure pods, Figure seconds) {
    Demand demand = demand(template);
    Weight amount = demand.perPod().times(pods.value().multiply(seconds.value()));
    return new Priced(
        amount,
        Set.of(),
        Term.made(
            pods.name(),
            hours(amount),
            "accelerators of a pod x " + pods.name() + " x (" + seconds.name() + ")",
            List.of(demand.term(), Term.of(pods), Term.of(seconds))));
  }

  private Priced reasoned(List<PodTemplate> pods, Reason reason) {
    boolean matters = pods.stream().anyMatch(pod -> !demand(pod).isNothing());
    return new Priced(
        Weight.ZERO,
        matters ? Set.of(reason) : Set.of(),
        new Term(reason.pointer(), "end", matters ? reason.found() : "none needed"));
  }

  private static Priced noted(Reason reason, Priced part) {
    boolean matters = !part.amount().isZero() || !part.isAmount();
    return matters
        ? new Priced(part.amount(), union(Set.of(reason), part.reasons()), part.term())
        : part;
  }

  private static Priced repeated(Figure times, Priced part) {
    if (times.value().equals(BigInteger.ONE) || times.isZero()) {
      return times.isZero() ? new Priced(Weight.ZERO, Set.of(), Term.of(times)) : part;
    }
    Weight amount = part.amount().times(times.value());
    return new Priced(
        amount,
        part.reasons(),
        Term.made(
            times.name(),
            hours(amount),
            times.name() + " x " + part.term().name(),
            List.of(Term.of(times), part.term())));
  }

  private Priced sum(String rule, List<Holding> parts) {
    List<Priced> priced = parts.stream().map(this::of).toList();
    if (priced.size() == 1) {
      return priced.getFirst();
    }
    Weight sum = priced.stream().map(Priced::amount).reduce(Weight.ZERO, Weight::plus);
    return new Priced(sum, reasons(priced), Term.made("sum", hours(sum), rule, terms(priced)));
  }

  /** The smallest that is an amount; if none is, nothing ends it. */
  private Priced least(String rule, List<Holding> alternatives) {
    List<Priced> priced = alternatives.stream().map(this::of).toList();
    Optional<Priced> smallest =
        priced.stream().filter(Priced::isAmount).min(Comparator.comparing(Priced::amount));
    Weight amount = smallest.map(Priced::amount).orElse(Weight.ZERO);
    return new Priced(
        amount,
        smallest.map(Priced::reasons).orElseGet(() -> reasons(priced)),
        Term.made("smaller", hours(amount), rule, terms(priced)));
  }

  private Priced most(String rule, List<Holding> alternatives) {
    List<Priced> priced = alternatives.stream().map(this::of).toList();
    Weight amount = priced.stream().map(Priced::amount).reduce(Weight.ZERO, Weight::max);
    return new Priced(
        amount, reasons(priced), Term.made("largest", hours(amount), rule, terms(priced)));
  }

  private static Set<Reason> reasons(List<Priced> priced) {
    Set<Reason> all = new LinkedHashSet<>();
    priced.forEach(each -> all.addAll(each.reasons()));
    return all;
  }

  private static Set<Reason> union(Set<Reason> first, Set<Reason> second) {
    Set<Reason> all = new LinkedHashSet<>(first);
    all.addAll(second);
    return all;
  }

  private static List<Term> terms(List<Priced> priced) {
    return priced.stream().map(Priced::term).toList();
  }

  private static String hours(Weight acceleratorSeconds) {
    return Amount.of(acceleratorSeconds, BigInteger.ONE).toGpuHours() + " GPU-hours";
  }

  private static String rated(Weight accelerators) {
    Amount hourly = Amount.of(accelerators, HOUR);
    return (hourly.isSaturated() ? "unlimited" : hourly.toGpuHours()) + " GPU-hours an hour";
  }
}
