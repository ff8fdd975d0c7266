package dev.comptroller.core.gpuhours;

import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.PodWorkload;
import java.math.BigInteger;
import java.util.List;

/** A pod: its accelerators for its deadline and the grace period after it. */
final class PodBound {
  private PodBound() {}

  static GpuHours of(PodWorkload workload, Demand demand) {
    PodTemplate pod = workload.template();
    Terms terms = new Terms(demand);
    String deadline = pod.pointer() + "/activeDeadlineSeconds";
    if (pod.activeDeadlineSeconds().isEmpty()) {
      Amount rate = terms.rate("accelerators of a pod", demand.perPod(), BigInteger.ONE);
      Reason reason =
          new Reason(Reason.Code.NoDeadline, deadline, "no deadline", "a deadline in seconds");
      return new GpuHours.Unbounded(rate, List.of(reason), terms.list());
    }
    BigInteger seconds =
        terms
            .deadline(deadline, "pod deadline", pod.activeDeadlineSeconds().getAsLong())
            .add(
                terms.seconds(
                    pod.pointer() + "/terminationGracePeriodSeconds",
                    "grace period",
                    pod.graceSeconds()));
    Amount amount =
        terms.amount("accelerators x (pod deadline + grace period)", demand.perPod(), seconds);
    return new GpuHours.Bounded(amount, terms.list());
  }
}
