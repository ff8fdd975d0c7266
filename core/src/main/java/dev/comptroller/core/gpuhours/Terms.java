package dev.comptroller.core.gpuhours;

import dev.comptroller.core.accelerator.Weight;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Collects the terms of a bound while it is worked out. */
final class Terms {
  private final List<Term> terms;

  Terms(Demand demand) {
    terms = new ArrayList<>(demand.terms());
    terms.add(new Term("", "accelerators of a pod", demand.perPod().toString()));
  }

  BigInteger pods(String pointer, String name, BigInteger pods) {
    terms.add(new Term(pointer, name, pods + " pods"));
    return pods;
  }

  BigInteger seconds(String pointer, String name, long seconds) {
    terms.add(new Term(pointer, name, seconds + " s"));
    return BigInteger.valueOf(seconds);
  }

  /** A deadline of nothing counts as a second: a pod that may start is never free. */
  BigInteger deadline(String pointer, String name, long seconds) {
    return seconds(pointer, name, Math.max(1, seconds));
  }

  Amount amount(String rule, Weight accelerators, BigInteger podSeconds) {
    Amount amount = Amount.of(accelerators, podSeconds);
    terms.add(new Term("", rule, amount.toGpuHours() + " GPU-hours"));
    return amount;
  }

  Amount rate(String rule, Weight accelerators, BigInteger pods) {
    Amount rate = Amount.of(accelerators, pods.multiply(BigInteger.valueOf(3600)));
    terms.add(new Term("", rule, rate.toGpuHours() + " GPU-hours an hour"));
    return rate;
  }

  List<Term> list() {
    return terms;
  }
}
