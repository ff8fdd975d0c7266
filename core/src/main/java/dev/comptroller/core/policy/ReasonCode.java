package dev.comptroller.core.policy;

/**
 * Why something was refused, warned about or held. The names are stable and documented one by one
 * in docs/reason-codes.md.
 */
public enum ReasonCode {
  /** The object carries no signature. */
  Unsigned,
  /** A signature is present but cannot be read, or does not verify, or is about something else. */
  SignatureInvalid,
  /**
   * The signature verifies with no key of the authorities the policy names, or with too few
   * persons.
   */
  SignerNotTrusted,
  /** The signature's time window has not begun or is over. */
  SignatureExpired,
  /** An image or image volume is named without a digest. */
  ImageNotPinned,
  /** No clock ends the workload. */
  GpuHoursUnbounded,
  /** The workload cannot be priced. */
  GpuHoursUnknown,
  /** The bound exceeds the highest tier. */
  AboveHighestTier,
  /** The tier needs approvals that are not there. */
  ApprovalMissing,
  /** An approval's window has not begun or is over. */
  ApprovalExpired,
  /** An approval is for another plan, cluster or fewer GPU-hours. */
  ApprovalMismatch,
  /** An approval's own signature is absent or wrong. */
  ApprovalInvalid,
  /** The approver signed the plan. */
  SelfApproval,
  /** A key, statement or approval in use is revoked. */
  Revoked,
  /** A resource name that looks like an accelerator has no class. */
  UnknownAccelerator,
  /**
   * Accelerators reached around resource requests: privileged, host devices, variables,
   * annotations.
   */
  AcceleratorBypass,
  /** The object names a controller that it does not derive from. */
  NotDerived,
  /** The plan changed after it was signed and admitted. */
  PlanChanged,
  /** The controller reference of a governed object is immutable. */
  ControllerChanged,
  /** The request would leave governed children without their parent. */
  Orphaning,
  /** Exec or attach into a governed accelerator pod. */
  InteractiveDenied,
  /** No policy governs the namespace. */
  NoPolicy,
  /** A policy, key, rule or approval is itself malformed. */
  InvalidPolicy,
  /** The object is malformed where Comptroller has to read it. */
  InvalidObject,
  /** A rule of the policy denied. */
  RuleDenied,
  /** A rule gave no answer. */
  RuleUndefined,
  /** A rule gave something other than true or false. */
  RuleNotBoolean,
  /** A rule failed. */
  RuleFailed,
  /** A rule took too long. */
  RuleTimedOut,
  /** The kind is not one Comptroller can judge. */
  UnknownKind,
  /** Something unexpected happened while judging. */
  EvaluationFailed,
  /** Not a verdict: the cluster could not be asked; try again. */
  NotReady
}
