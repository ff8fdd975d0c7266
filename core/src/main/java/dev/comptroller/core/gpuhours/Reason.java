package dev.comptroller.core.gpuhours;

/**
 * Why a workload has no plain bound.
 *
 * @param code what is the matter
 * @param pointer JSON pointer (RFC 6901) of the field it hangs on
 * @param found what is there
 * @param required what would give a bound
 */
public record Reason(Code code, String pointer, String found, String required) {

  /** What may be the matter. The names are stable. */
  public enum Code {
    /** It serves and has no end by nature: a rate over a window is its price. */
    LongRunning,
    /** It should end, but no deadline ends it. */
    NoDeadline,
    /** It asks for a resource that no class describes and that may be an accelerator. */
    UnknownAccelerator,
    /** It reaches accelerators around its resource requests. */
    AcceleratorBypass,
    /** It asks for devices through resource claims, which are not priced. */
    ResourceClaims,
    /** Kinds of this controller are not priced when they ask for accelerators. */
    UnpricedKind
  }
}
