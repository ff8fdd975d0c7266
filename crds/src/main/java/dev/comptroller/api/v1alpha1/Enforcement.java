package dev.comptroller.api.v1alpha1;

/** What becomes of a finding. */
public enum Enforcement {
  /** The request is refused. */
  Enforce,
  /** The request passes with a warning. */
  Warn,
  /** The request passes; the finding is counted and logged. */
  Audit
}
