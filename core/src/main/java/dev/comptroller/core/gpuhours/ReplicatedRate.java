package dev.comptroller.core.gpuhours;

import dev.comptroller.core.workload.ReplicatedWorkload;
import java.math.BigInteger;
import java.util.List;

/** Pods kept at a number: the accelerators of all of them and of the surge, without end. */
final class ReplicatedRate {
  private ReplicatedRate() {}

  static GpuHours of(ReplicatedWorkload workload, Demand demand) {
    Terms terms = new Terms(demand);
    BigInteger pods =
        terms.pods(workload.pointer(), "replicas", BigInteger.valueOf(workload.replicas()));
    if (workload.surge() > 0) {
      pods =
          pods.add(
              terms.pods(workload.surgePointer(), "surge", BigInteger.valueOf(workload.surge())));
    }
    Amount rate = terms.rate("accelerators x (replicas + surge)", demand.perPod(), pods);
    Reason reason =
        new Reason(
            Reason.Code.LongRunning,
            "",
            "a " + workload.kind() + ", which has no end",
            "a price over a window");
    return new GpuHours.Unbounded(rate, List.of(reason), terms.list());
  }
}
