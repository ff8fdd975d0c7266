package dev.comptroller.core.workload;

/**
 * Why a workload has no plain bound, or has one that needs attention.
 *
 * @param code what is the matter
 * @param pointer JSON pointer (RFC 6901) of the field it hangs on; of another object, its kind and
 *     name and {@code #} come first
 * @param found what is there
 * @param required what would mend it
 */
public record Reason(Code code, String pointer, String found, String required) {

  /** A reason that hangs on a field. */
  public static Reason at(Code code, Field field, String found, String required) {
    return new Reason(code, field.pointer(), found, required);
  }

  /** What a reason does to the result. */
  public enum Effect {
    /** There is no end by nature: a rate over a window is the price. */
    SERVES,
    /** It should end, and no clock ends it. */
    ENDLESS,
    /** It cannot be priced. */
    UNKNOWN,
    /** It is priced, and still has to be mended or allowed by somebody. */
    FLAG
  }

  /** What may be the matter. The names are stable. */
  public enum Code {
    /** It serves and has no end by nature: a rate over a window is its price. */
    LongRunning(Effect.SERVES),
    /** It should end, but no deadline ends it. */
    NoDeadline(Effect.ENDLESS),
    /** A failure rule restarts it without counting. */
    IgnoreMaxRestarts(Effect.ENDLESS),
    /** Its pods are left running when the job is over, deadline or not. */
    PodsOutliveJob(Effect.ENDLESS),
    /** Pods hold accelerators before the clock of the deadline starts. */
    DeadlineStartsLate(Effect.ENDLESS),
    /** The cluster that was made for the job is left running when it is over. */
    ClusterOutlivesJob(Effect.ENDLESS),
    /** The deadline is not looked at while the job waits for its user. */
    WaitingIgnoresDeadline(Effect.ENDLESS),
    /** An autoscaler has no limit, or the largest number there is. */
    MaxReplicasUnset(Effect.FLAG),
    /** A claim sees devices that others hold. */
    AdminAccess(Effect.FLAG),
    /** Pods may take longer to stop than anybody needs. */
    LongGracePeriod(Effect.FLAG),
    /** Counting stopped at the largest amount. */
    Saturated(Effect.FLAG),
    /** It asks for a resource or device class that no class describes. */
    UnknownAccelerator(Effect.UNKNOWN),
    /** It reaches accelerators around its resource requests. */
    AcceleratorBypass(Effect.UNKNOWN),
    /** A resource claim or its template is not known. */
    ClaimNotFound(Effect.UNKNOWN),
    /** A claim for all devices, and no devices are known. */
    NoResourceSlices(Effect.UNKNOWN),
    /** A claim asks in a way that is not known. */
    UnknownAllocationMode(Effect.UNKNOWN),
    /** The RuntimeClass, which may add to every pod, is not known. */
    RuntimeClassNotFound(Effect.UNKNOWN),
    /** The training or serving runtime that makes its pods is not known. */
    RuntimeNotFound(Effect.UNKNOWN),
    /** Another object that the price depends on cannot be read. */
    ContextUnreadable(Effect.UNKNOWN),
    /** It runs on each node, and the nodes are not known. */
    NodesUnknown(Effect.UNKNOWN),
    /** Kinds of this controller are not priced when they ask for accelerators. */
    UnpricedKind(Effect.UNKNOWN);

    private final Effect effect;

    Code(Effect effect) {
      this.effect = effect;
    }

    /** What it does to the result. */
    public Effect effect() {
      return effect;
    }
  }
}
