package dev.comptroller.api.v1alpha1;

/** What becomes of our own kinds whose approval is still missing. */
public enum WhenUnapproved {
  /** Refused at admission. */
  Deny,
  /** Admitted with a warning; nothing starts until approved. */
  Hold
}
