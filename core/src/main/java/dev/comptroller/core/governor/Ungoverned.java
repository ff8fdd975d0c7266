package dev.comptroller.core.governor;

/**
 * What becomes of accelerator workloads of other kinds than ours in a namespace that no policy
 * governs.
 */
public enum Ungoverned {
  /** They pass with a warning. */
  Warn,
  /** They are refused, as our own kinds always are. */
  Refuse
}
