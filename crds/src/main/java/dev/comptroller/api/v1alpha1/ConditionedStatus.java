package dev.comptroller.api.v1alpha1;

import java.util.List;

/** A status that says what is observed in conditions. */
public interface ConditionedStatus {

  /** Observations by Kubernetes conventions, one of each type. */
  List<StatusCondition> conditions();
}
