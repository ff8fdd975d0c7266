package dev.comptroller.api.v1alpha1;

/** What a change of keys or policy does to a workload that already runs. */
public enum OnChange {
  Report,
  Suspend
}
